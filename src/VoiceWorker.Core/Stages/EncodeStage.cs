using VoiceWorker.Contract.Jobs;
using VoiceWorker.Contract.Replies;
using VoiceWorker.Core.Jobs;
using VoiceWorker.Core.Pipeline;
using VoiceWorker.Core.Ports;
using VoiceWorker.Core.Telemetry;

namespace VoiceWorker.Core.Stages;

/// <summary>Speech to the reply's audio format, and the reply itself. A recording that fails for good is left out.</summary>
internal sealed class EncodeStage(IAudioEncoder encoder, PipelineMetrics metrics)
    : IStage<SpokenTranslation, TranslationReply>, IFallbackStage<SpokenTranslation, TranslationReply>
{
    public Stage Stage => Stage.Encode;

    public async ValueTask<TranslationReply> RunAsync(JobContext context, SpokenTranslation input, CancellationToken cancellationToken)
    {
        var format = context.Job.ReplyFormat;
        await context.Encoded.MakeAsync(
            input.Translated is { } translated ? () => encoder.EncodeAsync(translated, format, cancellationToken) : null,
            input.Original is { } original ? () => encoder.EncodeAsync(original, format, cancellationToken) : null);
        return Reply(context, input, input.NeedsFallback);
    }

    public TranslationReply? Fallback(JobContext context, SpokenTranslation input, StageFailure failure)
    {
        metrics.Fallbacks.Inc();
        return Reply(context, input, needsFallback: true);
    }

    private static TranslationReply Reply(JobContext context, SpokenTranslation spoken, bool needsFallback)
    {
        var (translated, original) = (context.Encoded.Translated, context.Encoded.Original);
        return new(context.Job.MessageId, spoken.Translation, translated, original, context.Job.IncludeOriginalAudio,
            translated is null ? null : spoken.Translated?.Voice, needsFallback, context.Timings, context.Job.Attempt);
    }
}
