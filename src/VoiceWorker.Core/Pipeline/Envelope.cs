using System.Diagnostics.CodeAnalysis;
using VoiceWorker.Contract.Jobs;

namespace VoiceWorker.Core.Pipeline;

/// <summary>A job between two blocks: its context and either a payload or the reason why there is none.</summary>
internal abstract class Envelope(JobContext context, StageFailure? failure)
{
    public JobContext Context => context;

    public StageFailure? Failure => failure;

    [MemberNotNullWhen(true, nameof(Failure))]
    public bool Failed => failure is not null;
}

/// <summary>An envelope with what the last stage made.</summary>
/// <typeparam name="T">What the next stage takes.</typeparam>
internal sealed class Envelope<T> : Envelope
{
    private readonly T? _payload;

    public Envelope(JobContext context, T payload)
        : base(context, null) => _payload = payload;

    public Envelope(JobContext context, StageFailure failure)
        : base(context, failure)
    {
    }

    public T Payload => Failed ? throw new InvalidOperationException("A failed job has no payload.") : _payload!;
}
