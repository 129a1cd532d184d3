using System.Diagnostics;
using VoiceWorker.Client;
using VoiceWorker.Contract.Reading;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.Host.Cli.Jobs;

/// <summary>Puts jobs through the pipeline of this process, read and answered in their wire forms.</summary>
/// <param name="pipeline">The pipeline.</param>
/// <param name="reader">Reads jobs.</param>
/// <param name="folder">Where the speech goes.</param>
/// <param name="board">Shows where each job is.</param>
/// <param name="explain">Says what is wrong with the engines.</param>
internal sealed class LocalWork(IJobSink pipeline, JobReader reader, SpeechFolder folder, JobBoard board, Func<Task<string>> explain)
{
    /// <summary>Runs one job to its end.</summary>
    public async Task<JobOutcome> RunAsync(int index, JobMessage message, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        using var delivery = new LocalDelivery(progress => board.Update(index, progress.Describe()));
        var job = reader.Read(message.Body, new JobProperties
        {
            ContentType = message.ContentType,
            MessageId = Guid.NewGuid().ToString("N"),
            Headers = new Dictionary<string, object?>(message.Headers),
        });
        // A pipeline that takes no jobs, or gives one back, has lost an engine that no job can do without.
        var taken = await pipeline.SendAsync(job, delivery).AsTask().WaitAsync(cancellationToken);
        var reply = taken ? await delivery.Settled.WaitAsync(cancellationToken) : null;
        var elapsed = clock.Elapsed;
        if (reply is null)
        {
            board.Update(index, "not done: an engine is down");
            return new JobOutcome(message.Name, null, elapsed, [], $"Not done, because an engine is down: {await explain().WaitAsync(cancellationToken)}");
        }

        var (files, rest) = await folder.TakeAsync(index, reply, cancellationToken);
        board.Update(index, rest.Describe());
        return new JobOutcome(message.Name, rest, elapsed, files);
    }
}
