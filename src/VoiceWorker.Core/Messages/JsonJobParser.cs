using System.Text;
using System.Text.Json;

namespace VoiceWorker.Core.Messages;

/// <summary>
/// Reads a job whose body is JSON (RFC 8259), in one pass and without copying the audio: its base64 stays where it is
/// in the body.
/// </summary>
internal static class JsonJobParser
{
    private static readonly JsonReaderOptions Strict = new() { MaxDepth = 16 };

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
                fields.FailFormat($"the body must be a JSON object, not {Describe(reader.TokenType)}");
        }
        catch (JsonException error)
        {
            fields.FailFormat($"the body is not valid JSON: {error.Message}");
        }
        catch (InvalidOperationException)
        {
            // What Utf8JsonReader throws for a string that is no valid Unicode: broken UTF-8, half a surrogate pair.
            fields.FailFormat("a text in the body is not valid Unicode");
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
            case (JobField.Progress or JobField.IncludeOriginalAudio, JsonTokenType.True or JsonTokenType.False):
                fields.SetFlag(field, reader.GetBoolean());
                break;
            case (JobField.AudioData or JobField.Text or JobField.Progress or JobField.IncludeOriginalAudio, _):
                RefuseType(ref reader, field, ref fields);
                break;
            default:
                ReadShortText(ref reader, field, limits, ref fields);
                break;
        }
    }

    private static void ReadText(ref Utf8JsonReader reader, JobLimits limits, ref JobFields fields)
    {
        if (reader.ValueSpan.Length > limits.MaxTextBytes)
            fields.Fail(ErrorCode.InputTooLarge, $"{ErrorWords.InvalidFormat}'text' is longer than {limits.MaxTextBytes} bytes");
        else
            fields.Text = reader.GetString();
    }

    private static void ReadShortText(ref Utf8JsonReader reader, JobField field, JobLimits limits, ref JobFields fields)
    {
        // Many backends number their users and messages.
        var mayBeNumber = field is JobField.SenderId or JobField.MessageId;
        if (reader.ValueSpan.Length > limits.MaxFieldBytes)
            fields.FailFormat($"'{field.Name()}' is longer than {limits.MaxFieldBytes} bytes");
        else if (reader.TokenType == JsonTokenType.String)
            fields.SetText(field, reader.GetString());
        else if (reader.TokenType == JsonTokenType.Number && mayBeNumber)
            fields.SetText(field, Encoding.ASCII.GetString(reader.ValueSpan));
        else
            RefuseType(ref reader, field, ref fields);
    }

    private static void RefuseType(ref Utf8JsonReader reader, JobField field, ref JobFields fields)
    {
        var wanted = field is JobField.Progress or JobField.IncludeOriginalAudio ? "true or false" : "a string";
        fields.FailFormat($"'{field.Name()}' must be {wanted}, not {Describe(reader.TokenType)}");
        reader.Skip();
    }

    private static AudioInput? ReadAudio(ref Utf8JsonReader reader, ReadOnlyMemory<byte> body)
    {
        if (reader.ValueSpan.IsEmpty)
            return null;
        if (!reader.ValueIsEscaped)
            return DataUrl.Read(body.Slice((int)reader.TokenStartIndex + 1, reader.ValueSpan.Length));
        // Some encoders write every '/' as '\/'.
        var unescaped = GC.AllocateUninitializedArray<byte>(reader.ValueSpan.Length);
        return DataUrl.Read(unescaped.AsMemory(0, reader.CopyString(unescaped)));
    }

    private static bool TryMatch(ref Utf8JsonReader reader, out JobField field)
    {
        for (field = 0; (int)field < JobFieldNames.All.Length; field++)
        {
            if (reader.ValueTextEquals(JobFieldNames.Utf8[(int)field]))
                return true;
        }

        return false;
    }

    private static ReadOnlyMemory<byte> WithoutByteOrderMark(ReadOnlyMemory<byte> body) =>
        body.Span.StartsWith("\uFEFF"u8) ? body[3..] : body;

    private static string Describe(JsonTokenType token) => token switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => "a string",
        JsonTokenType.Number => "a number",
        JsonTokenType.Null => "null",
        _ => "true or false",
    };
}
