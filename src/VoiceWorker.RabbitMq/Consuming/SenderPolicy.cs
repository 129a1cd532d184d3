using RabbitMQ.Client;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Contract.Reading;
using VoiceWorker.Core.Jobs;

namespace VoiceWorker.RabbitMq.Consuming;

/// <summary>
/// Says whose a job is: the message's sender_id, which anyone can write, or its user_id, which the broker lets pass only
/// if it is the name under which the producer logged in.
/// </summary>
internal sealed class SenderPolicy(RabbitMqOptions options)
{
    private readonly bool _isValidated = options.SenderFrom == RabbitMqOptions.SenderFromUserId;
    private readonly string _ownUser = options.UserName;

    /// <summary>The job with its sender. Who says no name has the empty one, or would be served as if each job were another's.</summary>
    public VoiceJob Apply(VoiceJob job, IReadOnlyBasicProperties properties) => _isValidated ? job with { SenderId = MessageIds.Clean(UserOf(properties)) ?? "" } : job;

    /// <summary>
    /// The cancellation with its sender. Where that is validated, a reply address, which anyone can write, counts for nothing;
    /// but who has the worker's login may cancel any job.
    /// </summary>
    public Cancellation Apply(Cancellation cancellation, IReadOnlyBasicProperties properties) =>
        _isValidated && properties.UserId != _ownUser ? new(cancellation.MessageId, MessageIds.Clean(properties.UserId) ?? "") : cancellation;

    /// <summary>Signs a cancellation with the worker's login.</summary>
    public BasicProperties Sign(BasicProperties cancellation)
    {
        if (_isValidated)
            cancellation.UserId = _ownUser;
        return cancellation;
    }

    /// <summary>Notes the sender in a copy of the message, which the broker would not take with another's user_id.</summary>
    public void Keep(BasicProperties copy, VoiceJob job)
    {
        if (!_isValidated)
            return;
        copy.UserId = _ownUser;
        copy.Headers ??= new Dictionary<string, object?>();
        if (job.SenderId is not null)
            copy.Headers[AmqpNames.SenderHeader] = job.SenderId;
    }

    // Nobody but a worker can send with the worker's name.
    private string? UserOf(IReadOnlyBasicProperties properties) =>
        properties.UserId == _ownUser && JobHeaders.Text(properties.Headers, AmqpNames.SenderHeader) is { } kept ? kept : properties.UserId;
}
