using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using VoiceWorker.Contract.Jobs;

namespace VoiceWorker.Contract.Replies;

/// <summary>Writes replies as UTF-8 JSON, as the wire contract has them. Audio goes as base64 straight into the output.</summary>
public static class ReplyWriter
{
    /// <summary>The media type of every reply.</summary>
    public const string ContentType = "application/json";

    // Letters of any alphabet stay readable; replies are JSON in their own right, never a part of an HTML page.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    /// <summary>Writes one reply.</summary>
    public static void Write(IBufferWriter<byte> output, Reply reply)
    {
        var writer = _writer ??= new Utf8JsonWriter(output, Options);
        writer.Reset(output);
        writer.WriteStartObject();
        switch (reply)
        {
            case TranslationReply translation:
                TranslationReplyWriter.Write(writer, output, translation);
                break;
            case ErrorReply error:
                WriteError(writer, error);
                break;
            case ProgressReply progress:
                ProgressReplyWriter.Write(writer, progress);
                break;
            default:
                throw new ArgumentException($"No wire form for {reply.GetType().Name}.", nameof(reply));
        }

        writer.WriteEndObject();
        writer.Flush();
        // The writer outlives this call; the output must not.
        writer.Reset(Stream.Null);
    }

    /// <summary>About how many bytes <see cref="Write"/> will need: enough to rent a buffer once.</summary>
    public static int EstimateLength(Reply reply) => reply is TranslationReply translation
        ? 1024 + Base64Length(translation.TranslatedAudio) + Base64Length(translation.OriginalAudio)
            + (3 * (translation.Translation.Text.Length + (2 * translation.Translation.Source.Text.Length)))
            + (64 * translation.Translation.Source.Segments.Count)
        : 1024;

    private static void WriteError(Utf8JsonWriter writer, ErrorReply reply)
    {
        var failure = reply.Failure;
        writer.WriteString("type"u8, "error"u8);
        writer.WriteString("message"u8, ErrorMessages.For(failure));
        writer.WriteString("code"u8, WireNames.Of(failure.Code));
        writer.WriteString("stage"u8, WireNames.Of(failure.Stage));
        writer.WriteBoolean("retryable"u8, failure.Kind != FailureKind.BadJob);
        writer.WriteStartObject("data"u8);
        writer.WriteString("message_id"u8, reply.MessageId);
        writer.WriteEndObject();
    }

    private static int Base64Length(EncodedAudio? audio) => audio is null ? 0 : System.Buffers.Text.Base64.GetMaxEncodedToUtf8Length(audio.Data.Length);
}
