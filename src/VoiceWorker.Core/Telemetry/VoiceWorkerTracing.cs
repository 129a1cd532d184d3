using System.Diagnostics;
using VoiceWorker.Core.Messages;
using VoiceWorker.Core.Pipeline;

namespace VoiceWorker.Core.Telemetry;

/// <summary>The worker's spans: one per job, under the producer's trace, and one per stage below it.</summary>
public static class VoiceWorkerTracing
{
    /// <summary>The name to subscribe to.</summary>
    public const string SourceName = "VoiceWorker";

    private static readonly ActivitySource Source = new(SourceName);

    internal static Activity? StartJob(VoiceJob job)
    {
        if (!Source.HasListeners())
            return null;
        ActivityContext.TryParse(job.TraceParent, job.TraceState, isRemote: true, out var parent);
        return Source.CreateActivity("job", ActivityKind.Consumer, parent)?
            .SetTag("messaging.message.id", job.MessageId)
            .SetTag("voiceworker.attempt", job.Attempt)
            .Start();
    }

    internal static Activity? StartStage(Stage stage, JobContext context) =>
        context.Activity is { } job ? Source.StartActivity(MetricNames.Of(stage), ActivityKind.Internal, job.Context) : null;
}
