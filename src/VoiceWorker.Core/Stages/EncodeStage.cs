using VoiceWorker.Core.Messages;
using VoiceWorker.Core.Pipeline;
using VoiceWorker.Core.Ports;
using VoiceWorker.Core.Telemetry;

namespace VoiceWorker.Core.Stages;

/// <summary>Speech to the reply's audio format, and the reply itself. When it fails for good, the text goes on alone.</summary>
internal sealed class EncodeStage(IAudioEncoder encoder, PipelineMetrics metrics)
    : IStage<SpokenTranslation, TranslationReply>, IFallbackStage<SpokenTranslation, TranslationReply>
{
    public Stage Stage => Stage.Encode;

    public async ValueTask<TranslationReply> RunAsync(JobContext context, SpokenTranslation input, CancellationToken cancellationToken)
    {
        var format = context.Job.ReplyFormat;
        var translated = input.Translated is { } t ? await encoder.EncodeAsync(t, format, cancellationToken) : null;
        var original = input.Original is { } o ? await encoder.EncodeAsync(o, format, cancellationToken) : null;
        return Reply(context, input, translated, original, input.NeedsFallback);
    }

    public TranslationReply? Fallback(JobContext context, SpokenTranslation input, StageFailure failure)
    {
        metrics.Fallbacks.Inc();
        return Reply(context, input, null, null, needsFallback: true);
    }

    private static TranslationReply Reply(JobContext context, SpokenTranslation spoken, EncodedAudio? translated, EncodedAudio? original, bool needsFallback) =>
        new(context.Job.MessageId, spoken.Translation, translated, original, context.Job.IncludeOriginalAudio,
            translated is null ? null : spoken.Translated?.Voice, needsFallback, context.Timings, context.Job.Attempt);
}
