using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using VoiceWorker.Contract.Bodies;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Contract.Replies;

namespace VoiceWorker.Contract.Reading;

/// <summary>
/// Reads a job whose body is JSON (RFC 8259), in one pass and without copying the audio: its base64 stays where it is
/// in the body.
/// </summary>
internal static class JsonJobParser
{
    private static readonly JsonReaderOptions Strict = new() { MaxDepth = 16 };

    /// <summary>Reads a body in UTF-8.</summary>
    public static void Parse(ReadOnlyMemory<byte> body, JobLimits limits, ref JobFields fields)
    {
        try
        {
            body = WithoutByteOrderMark(body);
            var reader = new Utf8JsonReader(body.Span, Strict);
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartObject)
                ParseObject(ref reader, body, limits, ref fields);
            else
                fields.FailFormat($"the body must be a JSON object, not {Describe(ref reader)}");
        }
        catch (JsonException error)
        {
            fields.FailFormat($"the body is not valid JSON: {error.Message}");
            fields.MessageId ??= BrokenJson.FindMessageId(body.Span, limits);
        }
    }

    private static void ParseObject(ref Utf8JsonReader reader, ReadOnlyMemory<byte> body, JobLimits limits, ref JobFields fields)
    {
        var seen = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!TryMatch(ref reader, out var field))
            {
                reader.Skip();
                continue;
            }

            if ((seen & (1 << (int)field)) != 0)
                fields.FailFormat($"'{field.Name()}' is there twice");
            seen |= 1 << (int)field;
            reader.Read();
            ParseValue(ref reader, field, body, limits, ref fields);
        }

        // Anything behind the object is an error, which only another read finds.
        reader.Read();
    }

    private static void ParseValue(
        ref Utf8JsonReader reader, JobField field, ReadOnlyMemory<byte> body, JobLimits limits, ref JobFields fields)
    {
        switch (field, reader.TokenType)
        {
            case (_, JsonTokenType.Null):
                break;
            case (JobField.AudioData, JsonTokenType.String):
                fields.Audio = ReadAudio(ref reader, body);
                break;
            case (JobField.Text, JsonTokenType.String):
                ReadText(ref reader, limits, ref fields);
                break;
            case (not (JobField.AudioData or JobField.Text), JsonTokenType.String or JsonTokenType.Number):
            case (JobField.Progress or JobField.IncludeOriginalAudio, JsonTokenType.True or JsonTokenType.False):
                ReadShortText(ref reader, field, limits, ref fields);
                break;
            default:
                fields.FailField(field, Describe(ref reader));
                reader.Skip();
                break;
        }
    }

    private static void ReadText(ref Utf8JsonReader reader, JobLimits limits, ref JobFields fields)
    {
        if (reader.ValueSpan.Length > limits.MaxTextBytes)
            fields.Fail(ErrorCode.InputTooLarge, $"{ErrorMessages.InvalidFormat}'text' is longer than {limits.MaxTextBytes} bytes");
        else if (!Utf8.IsValid(reader.ValueSpan))
            fields.FailFormat("'text' is not valid UTF-8; send UTF-8, or name the character set in content_type (application/json; charset=iso-8859-1)");
        else
            fields.Text = JsonStrings.Read(ref reader);
    }

    private static void ReadShortText(ref Utf8JsonReader reader, JobField field, JobLimits limits, ref JobFields fields)
    {
        if (reader.ValueSpan.Length > limits.MaxFieldBytes)
            fields.FailFormat($"'{field.Name()}' is longer than {limits.MaxFieldBytes} bytes");
        else
            // A number or a truth value stands there as it would in a text; many backends number their users and messages.
            fields.Set(field, JsonStrings.Read(ref reader));
    }

    private static AudioInput? ReadAudio(ref Utf8JsonReader reader, ReadOnlyMemory<byte> body)
    {
        if (reader.ValueSpan.IsEmpty)
            return null;
        if (!reader.ValueIsEscaped)
            return DataUrl.Read(body.Slice((int)reader.TokenStartIndex + 1, reader.ValueSpan.Length));
        // Some encoders write every '/' as '\/'.
        var unescaped = GC.AllocateUninitializedArray<byte>(reader.ValueSpan.Length);
        try
        {
            return DataUrl.Read(unescaped.AsMemory(0, reader.CopyString(unescaped)));
        }
        catch (InvalidOperationException)
        {
            // No valid Unicode, so no base64 either: the decode stage says so.
            return DataUrl.Read(Encoding.UTF8.GetBytes(JsonStrings.Read(ref reader)));
        }
    }

    private static bool TryMatch(ref Utf8JsonReader reader, out JobField field)
    {
        var unescaped = reader.ValueIsEscaped ? JsonStrings.Read(ref reader) : null;
        for (field = 0; (int)field < JobFieldNames.All.Length; field++)
        {
            if (unescaped is null ? reader.ValueTextEquals(JobFieldNames.Utf8[(int)field]) : unescaped == field.Name())
                return true;
        }

        return false;
    }

    private static ReadOnlyMemory<byte> WithoutByteOrderMark(ReadOnlyMemory<byte> body) =>
        body.Span.StartsWith("\uFEFF"u8) ? body[3..] : body;

    private static string Describe(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => "a string",
        JsonTokenType.Number => $"the number {Encoding.ASCII.GetString(reader.ValueSpan[..Math.Min(reader.ValueSpan.Length, 20)])}",
        JsonTokenType.Null => "null",
        JsonTokenType.True => "true",
        _ => "false",
    };
}
