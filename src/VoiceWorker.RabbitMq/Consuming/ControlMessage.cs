using System.Text;
using System.Text.Json;
using RabbitMQ.Client;
using VoiceWorker.Contract.Reading;
using VoiceWorker.Core.Jobs;

namespace VoiceWorker.RabbitMq.Consuming;

/// <summary>
/// What all workers may be told: <c>{"type":"cancel","message_id":"…","sender_id":"…"}</c>, with the job's <c>sender_id</c>,
/// or with its <c>reply_to</c> (as the message's property or as a field), or with both.
/// </summary>
internal static class ControlMessage
{
    private const int Largest = 4096;

    /// <summary>Reads a cancellation.</summary>
    /// <returns>Null when it is none.</returns>
    public static Cancellation? TryRead(ReadOnlyMemory<byte> body, IReadOnlyBasicProperties properties)
    {
        if (body.Length > Largest)
            return null;
        try
        {
            using var json = JsonDocument.Parse(body.Span.StartsWith(Encoding.UTF8.Preamble) ? body[Encoding.UTF8.Preamble.Length..] : body);
            var root = json.RootElement;
            if (root.ValueKind != JsonValueKind.Object || Text(root, "type") != "cancel" || MessageIds.Clean(Text(root, "message_id")) is not { } id)
                return null;
            return new(id, MessageIds.Clean(Text(root, "sender_id")), Text(root, "reply_to") ?? properties.ReplyTo);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    // Jobs may have numbers as ids, so their cancellations may, too.
    private static string? Text(JsonElement message, string name) => !message.TryGetProperty(name, out var value) ? null : value.ValueKind switch
    {
        JsonValueKind.String when value.GetString() is { Length: > 0 } text => text,
        JsonValueKind.Number => value.GetRawText(),
        _ => null,
    };
}
