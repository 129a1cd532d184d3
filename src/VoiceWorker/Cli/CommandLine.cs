using System.CommandLine;
using Microsoft.Extensions.Options;
using RabbitMQ.Client.Exceptions;
using VoiceWorker.Core.Ports;
using VoiceWorker.Host.Cli.Dead;
using VoiceWorker.Host.Cli.Models;
using VoiceWorker.Host.RabbitMq;

namespace VoiceWorker.Host.Cli;

/// <summary>The command line: finds the command, runs it, turns what went wrong into words and an exit code.</summary>
internal static class CommandLine
{
    private const int Cancelled = 130;

    /// <summary>Runs what the arguments say.</summary>
    /// <returns>0 when all went well, 1 when something failed, 130 when it was cancelled.</returns>
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
            return Cancelled;
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
            return 1;
        }
    }

    private static int Refuse(CommandContext context, IEnumerable<string> failures)
    {
        foreach (var failure in failures)
            context.Terminal.Warn(failure);
        return 1;
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
