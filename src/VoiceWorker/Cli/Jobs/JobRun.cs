using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using RabbitMQ.Client.Exceptions;
using VoiceWorker.RabbitMq.Connection;

namespace VoiceWorker.Host.Cli.Jobs;

/// <summary>Runs the jobs of a command each to an outcome, so that what is done is shown whatever happens to the others.</summary>
internal static class JobRun
{
    /// <summary>Runs one job.</summary>
    /// <param name="name">What the user calls it.</param>
    /// <param name="run">Does it.</param>
    /// <param name="cancellationToken">The user gives up.</param>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "The other jobs' results are worth as much as before.")]
    public static async Task<JobOutcome> ToOutcomeAsync(string name, Func<Task<JobOutcome>> run, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            return await run();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Failed("cancelled");
        }
        catch (IOException e) when (e.InnerException is OperationInterruptedException { ShutdownReason: { } reason })
        {
            return Failed($"The connection to the broker is gone: {BrokerErrorMessages.Of(reason)}");
        }
        catch (Exception e) when (BrokerErrors.IsLoss(e) && e is not IOException)
        {
            return Failed($"The connection to the broker is gone: {BrokerErrors.Words(e)}");
        }
        catch (Exception e)
        {
            return Failed(e.Message);
        }

        JobOutcome Failed(string why) => new(name, null, Stopwatch.GetElapsedTime(started), [], why);
    }
}
