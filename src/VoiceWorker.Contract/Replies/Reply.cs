using VoiceWorker.Contract.Jobs;

namespace VoiceWorker.Contract.Replies;

/// <summary>A message to the producer of a job.</summary>
/// <param name="MessageId">The job's idempotency key, the same over redeliveries.</param>
public abstract record Reply(string MessageId);

/// <summary>The finished job: <c>translation_complete</c>.</summary>
/// <param name="MessageId">The job's idempotency key.</param>
/// <param name="Translation">Both texts.</param>
/// <param name="TranslatedAudio">The spoken translation; null when there is none.</param>
/// <param name="OriginalAudio">The spoken original text; null unless asked for.</param>
/// <param name="IncludesOriginalAudio">Whether the job asked for both (the reply then names both).</param>
/// <param name="VoiceUsed">The voice that spoke the translation.</param>
/// <param name="NeedsFallback">Whether a wanted recording is missing: the receiver has to speak that text itself.</param>
/// <param name="Timings">Run time of each stage, in seconds.</param>
/// <param name="Attempt">Which delivery of the job succeeded, from 1.</param>
public sealed record TranslationReply(
    string MessageId,
    Translation Translation,
    EncodedAudio? TranslatedAudio,
    EncodedAudio? OriginalAudio,
    bool IncludesOriginalAudio,
    string? VoiceUsed,
    bool NeedsFallback,
    StageTimings Timings,
    int Attempt) : Reply(MessageId);

/// <summary>The job failed: <c>error</c>.</summary>
/// <param name="MessageId">The job's idempotency key.</param>
/// <param name="Failure">Why.</param>
public sealed record ErrorReply(string MessageId, StageFailure Failure) : Reply(MessageId);

/// <summary>The job goes on: <c>processing_started</c>, <c>processing_update</c>, <c>stt_result</c> or <c>translation_result</c>.</summary>
/// <param name="MessageId">The job's idempotency key.</param>
/// <param name="Event">What happened.</param>
/// <param name="Text">The text that goes with a result event; null otherwise.</param>
public sealed record ProgressReply(string MessageId, ProgressEvent Event, string? Text = null) : Reply(MessageId);
