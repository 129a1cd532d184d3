using VoiceWorker.Contract.Jobs;
using VoiceWorker.Contract.Replies;
using VoiceWorker.Core.Jobs;
using VoiceWorker.Core.Pipeline;
using VoiceWorker.Core.Ports;
using VoiceWorker.Core.Telemetry;

namespace VoiceWorker.Core.Stages;

/// <summary>
/// Text to speech, where speech is wanted and there are words. What fails for good is left out: the texts go on with the
/// other recording, or alone.
/// </summary>
internal sealed class SynthesizeStage(ISpeechSynthesizer synthesizer, PipelineMetrics metrics)
    : IStage<Translation, SpokenTranslation>, IFallbackStage<Translation, SpokenTranslation>
{
    public Stage Stage => Stage.Synthesize;

    public async ValueTask<SpokenTranslation> RunAsync(JobContext context, Translation input, CancellationToken cancellationToken)
    {
        var job = context.Job;
        if (job.ReplyFormat == AudioFormat.None || input.Text.Length == 0)
            return new(input, null, null, NeedsFallback: false);

        await context.ReportAsync(ProgressEvent.TextToSpeech);
        // The wanted voice speaks the target language; the original gets its own language's voice.
        await context.Spoken.MakeAsync(
            () => synthesizer.SynthesizeAsync(input.Text, job.TargetVariant ?? input.TargetLanguage, job.Voice, job.SenderId, cancellationToken),
            job.IncludeOriginalAudio && input.Source.Language is { } language
                ? () => synthesizer.SynthesizeAsync(input.Source.Text, language, voice: null, job.SenderId, cancellationToken)
                : null);
        return new(input, context.Spoken.Translated, context.Spoken.Original, NeedsFallback: false);
    }

    public SpokenTranslation? Fallback(JobContext context, Translation input, StageFailure failure)
    {
        // A voice that does not exist is the producer's mistake, and silence would hide it.
        if (failure.Code == ErrorCode.UnsupportedOption)
            return null;
        metrics.Fallbacks.Inc();
        return new(input, context.Spoken.Translated, context.Spoken.Original, NeedsFallback: true);
    }
}
