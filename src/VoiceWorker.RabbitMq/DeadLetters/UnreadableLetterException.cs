namespace VoiceWorker.RabbitMq.DeadLetters;

/// <summary>
/// A message among the dead letters that RabbitMQ's client cannot read: it gives the whole connection up. Nothing behind
/// it can be reached until it is taken away.
/// </summary>
/// <param name="queue">The queue of dead letters.</param>
/// <param name="position">Where it lies, from 1.</param>
/// <param name="reason">The client's words.</param>
internal sealed class UnreadableLetterException(string queue, uint position, string reason) : IOException(
    $"""
    Letter {position} of {queue} cannot be read, and hides those behind it: {reason}. Most often a header is a decimal number with more than 28 places.
    Nothing was lost, and what was shown or done before it stands. Take it away with another tool: on RabbitMQ's management page, queue {queue}, "Get messages" with the ack mode "Reject requeue false" and {position} messages (which takes those before it, too{(position > 1 ? $"; replay or purge them first with --limit {position - 1}" : "")}), or with rabbitmqadmin get queue={queue} count={position} ackmode=ack_requeue_false. To throw all letters away: rabbitmqctl purge_queue {queue}.
    """);
