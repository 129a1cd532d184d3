using System.Diagnostics;
using VoiceWorker.Core.Messages;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.Host.Cli;

/// <summary>Puts jobs through the mesh of this process, read and answered in their wire forms.</summary>
internal sealed class LocalWork(IJobSink mesh, JobReader reader, SpeechFolder folder, JobBoard board)
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
        await mesh.SendAsync(job, delivery).AsTask().WaitAsync(cancellationToken);
        var reply = await delivery.Settled.WaitAsync(cancellationToken)
            ?? throw new OperationCanceledException("The mesh gave the job back.");
        var elapsed = clock.Elapsed;
        var (files, rest) = await folder.TakeAsync(index, reply, cancellationToken);
        board.Update(index, rest.Describe());
        return new JobOutcome(message.Name, rest, elapsed, files);
    }
}
