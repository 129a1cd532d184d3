using System.Diagnostics;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Jobs;
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
            .SetTag("voiceworker.input.size", job.Input switch { AudioInput audio => audio.Data.Length, TextInput text => text.Text.Length, _ => 0 })
            .SetTag("voiceworker.attempt", job.Attempt)
            .Start();
    }

    internal static Activity? StartStage(Stage stage, JobContext context, string? engine) =>
        context.Activity is { } job ? Source.StartActivity(WireNames.Of(stage), ActivityKind.Internal, job.Context)?.SetTag("voiceworker.engine", engine) : null;

    /// <summary>Notes how much a stage made: seconds of audio, characters of text, bytes of a file. Never the text itself.</summary>
    internal static void Describe(Activity? span, object? result)
    {
        switch (span is null ? null : result)
        {
            case DecodedAudio audio:
                span!.SetTag("voiceworker.audio.seconds", audio.Duration.TotalSeconds).SetTag("voiceworker.audio.format", audio.SourceFormat);
                break;
            case Transcript transcript:
                span!.SetTag("voiceworker.text.length", transcript.Text.Length).SetTag("voiceworker.language", transcript.Language);
                break;
            case Translation translation:
                span!.SetTag("voiceworker.text.length", translation.Text.Length).SetTag("voiceworker.language", translation.TargetLanguage);
                break;
            case SpokenTranslation { Translated: { } speech }:
                span!.SetTag("voiceworker.audio.seconds", speech.Duration.TotalSeconds).SetTag("voiceworker.voice", speech.Voice);
                break;
        }
    }
}
