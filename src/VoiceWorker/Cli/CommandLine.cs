using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;
using RabbitMQ.Client.Exceptions;
using VoiceWorker.Core.Ports;
using VoiceWorker.Host.Cli.Dead;
using VoiceWorker.Host.Cli.Models;
using VoiceWorker.RabbitMq.Connection;

namespace VoiceWorker.Host.Cli;

/// <summary>The command line: finds the command, runs it, turns what went wrong into words and an exit code.</summary>
internal static class CommandLine
{
    /// <summary>Runs what the arguments say. Never throws.</summary>
    /// <returns>0 when all went well, 1 when something failed, 130 when it was cancelled.</returns>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "The last one to say anything to the user.")]
    public static async Task<int> InvokeAsync(string[] args, CommandContext context, CancellationToken cancellationToken = default)
    {
        var (command, configuration) = ConfigurationArguments.Split(args);
        var root = Create(context with { Configuration = configuration });
        var parsed = root.Parse(command);
        var invocation = new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            Output = context.Terminal.Out.Profile.Out.Writer,
            Error = context.Terminal.Error.Profile.Out.Writer,
            // The daemon drains on its own terms when it is told to stop; the host sees to that.
            ProcessTerminationTimeout = parsed.CommandResult.Command is RunCommand or RootCommand ? null : TimeSpan.FromSeconds(10),
        };
        try
        {
            return await parsed.InvokeAsync(invocation, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            context.Terminal.Warn("Cancelled.");
            return ExitCodes.Cancelled;
        }
        catch (OptionsValidationException e)
        {
            return Refuse(context, e.Failures);
        }
        catch (AggregateException e) when (e.InnerExceptions.All(inner => inner is OptionsValidationException))
        {
            return Refuse(context, e.InnerExceptions.Cast<OptionsValidationException>().SelectMany(inner => inner.Failures));
        }
        catch (OperationInterruptedException e)
        {
            context.Terminal.Warn(BrokerErrors.Words(e));
            return 1;
        }
        catch (Exception e) when (e is EngineException or IOException or UnauthorizedAccessException)
        {
            context.Terminal.Warn(e.Message);
            return ExitCodes.Failed;
        }
        catch (Exception e)
        {
            // A bug, or a case that nobody has thought of: whoever looks for it needs the whole story.
            context.Terminal.Warn($"Something unforeseen ended the command. {e}");
            return ExitCodes.Failed;
        }
    }

    private static int Refuse(CommandContext context, IEnumerable<string> failures)
    {
        foreach (var failure in failures)
            context.Terminal.Warn(failure);
        return ExitCodes.Failed;
    }

    internal static RootCommand Create(CommandContext context)
    {
        var root = new RootCommand("Spoken chat messages from RabbitMQ: recognised, translated, spoken again. Settings are given as --Section:Key=value.")
        {
            new RunCommand(context),
            new ProcessCommand(context),
            new PublishCommand(context),
            new CancelCommand(context),
            new DeadCommand(context),
            new DoctorCommand(context),
            new ModelsCommand(context),
        };
        root.SetAction((_, cancellationToken) => context.Run(context.Configuration, cancellationToken));
        return root;
    }
}
