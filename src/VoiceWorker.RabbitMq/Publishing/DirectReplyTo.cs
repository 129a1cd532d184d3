using System.Buffers.Text;

namespace VoiceWorker.RabbitMq.Publishing;

/// <summary>
/// The addresses that RabbitMQ gives out for direct reply-to: the prefix, the requester's channel (an Erlang process id
/// in the external term format, base64), a dot and a key of 16 bytes (base64). A broker that cannot decode an address
/// closes the whole connection that published to it (3.10 to 4.1), so a job may name only what has this form, which is
/// the same from 3.10 (rabbit_direct_reply_to.erl) to 4.3 (rabbit_volatile_queue.erl).
/// </summary>
internal static class DirectReplyTo
{
    private const int KeyLength = 16;

    // Process number, serial number, creation: 32 bits each.
    private const int NumbersLength = 12;

    // erlang:phash2 of the node's name, below 2^27, stands for the node.
    private const int MaxNodeHash = (1 << 27) - 1;

    /// <summary>Whether the broker is able to decode the address.</summary>
    public static bool IsWellFormed(string address)
    {
        if (!address.StartsWith(AmqpNames.DirectReplyToPrefix, StringComparison.Ordinal))
            return false;
        var parts = address[AmqpNames.DirectReplyToPrefix.Length..].Split('.');
        return parts.Length == 2 && FromBase64(parts[0]) is { } process && IsProcess(process) && FromBase64(parts[1]) is { Length: KeyLength };
    }

    private static bool IsProcess(ReadOnlySpan<byte> term)
    {
        // 131: the external term format; 88: a process id; 118 and 119: an atom in UTF-8, its length in two bytes or one.
        var node = term switch
        {
            [131, 88, 118, var high, var low, .. var more] when more.Length == (high << 8) + low + NumbersLength => more[..^NumbersLength],
            [131, 88, 119, var length, .. var more] when more.Length == length + NumbersLength => more[..^NumbersLength],
            _ => [],
        };
        return node.StartsWith("reply@"u8) && Utf8Parser.TryParse(node["reply@"u8.Length..], out int hash, out var digits)
            && digits == node.Length - "reply@"u8.Length && hash is >= 0 and <= MaxNodeHash;
    }

    private static byte[]? FromBase64(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var written) ? bytes[..written] : null;
    }
}
