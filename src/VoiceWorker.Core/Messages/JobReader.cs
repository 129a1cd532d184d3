using System.Globalization;

namespace VoiceWorker.Core.Messages;

/// <summary>
/// Reads the two forms of a job, JSON and raw audio. It never throws: a message that cannot be read becomes a job
/// with <see cref="InvalidInput"/> and whatever id and languages could be made out, so that its producer gets an answer.
/// </summary>
/// <param name="limits">Sizes above which a message is refused.</param>
public sealed class JobReader(JobLimits limits)
{
    private const int MaxTraceParent = 128;
    private const int MaxTraceState = 512;

    /// <summary>Reads one message.</summary>
    /// <param name="body">The body; the job's audio is a part of it and lives no longer.</param>
    /// <param name="properties">What the transport knows of it.</param>
    public VoiceJob Read(ReadOnlyMemory<byte> body, in JobProperties properties)
    {
        var fields = default(JobFields);
        ReadBody(body, properties, ref fields);
        if (fields.Audio is null && string.IsNullOrWhiteSpace(fields.Text))
            fields.Fail(ErrorCode.NoInput, ErrorWords.NoInput);
        var source = ReadSource(ref fields);
        var target = ReadTarget(ref fields);
        var format = ReadFormat(ref fields);
        var deadline = ReadDeadline(properties, ref fields);
        return new VoiceJob
        {
            MessageId = MessageIds.Clean(properties.MessageId) ?? MessageIds.Clean(fields.MessageId) ?? MessageIds.Derive(body.Span, properties),
            Input = Choose(fields),
            SourceLanguage = source,
            TargetLanguage = target,
            SenderId = MessageIds.Clean(fields.SenderId),
            ReplyTo = string.IsNullOrEmpty(properties.ReplyTo) ? null : properties.ReplyTo,
            Voice = MessageIds.Clean(fields.Voice),
            Model = MessageIds.Clean(fields.Model),
            ReplyFormat = format,
            WantsProgress = fields.WantsProgress,
            IncludeOriginalAudio = fields.IncludeOriginalAudio,
            Deadline = deadline,
            Priority = Math.Min(properties.Priority, (byte)9),
            Attempt = Math.Max(properties.Attempt, 1),
            TraceParent = Short(JobHeaders.Text(properties.Headers, JobHeaders.TraceParent), MaxTraceParent),
            TraceState = Short(JobHeaders.Text(properties.Headers, JobHeaders.TraceState), MaxTraceState),
        };
    }

    private void ReadBody(ReadOnlyMemory<byte> body, in JobProperties properties, ref JobFields fields)
    {
        if (body.Length > limits.MaxBodyBytes)
        {
            fields.Fail(ErrorCode.InputTooLarge, $"{ErrorWords.InvalidFormat}the message has {body.Length} bytes, at most {limits.MaxBodyBytes} are accepted");
            return;
        }

        if (!IsPlain(properties.ContentEncoding))
        {
            fields.FailFormat($"content_encoding '{Quote(properties.ContentEncoding)}' is not accepted; send the body as it is");
            return;
        }

        switch (KindOf(properties.ContentType))
        {
            case BodyKind.Json:
                JsonJobParser.Parse(body, limits, ref fields);
                break;
            case BodyKind.RawAudio:
                HeaderJobParser.Parse(body, properties, limits, ref fields);
                break;
            default:
                fields.FailFormat($"content_type '{Quote(properties.ContentType)}' is not accepted; send application/json, audio/* or application/octet-stream");
                break;
        }
    }

    private static JobInput Choose(in JobFields fields) =>
        fields.Failure is not null ? new InvalidInput(fields.Failure) : fields.Audio ?? (JobInput)new TextInput(fields.Text!);

    private static string? ReadSource(ref JobFields fields)
    {
        if (fields.SourceLanguage is null or "" or "auto")
            return null;
        if (!LanguageCode.TryRead(fields.SourceLanguage, out var code))
            fields.FailFormat($"'source_lang' must be an ISO 639-1 code such as 'en', or 'auto', not '{Quote(fields.SourceLanguage)}'");
        return code.Length == 0 ? null : code;
    }

    private static string ReadTarget(ref JobFields fields)
    {
        if (LanguageCode.TryRead(fields.TargetLanguage, out var code))
            return code;
        fields.FailFormat(string.IsNullOrEmpty(fields.TargetLanguage)
            ? "'target_lang' is missing; it must be an ISO 639-1 code such as 'es'"
            : $"'target_lang' must be an ISO 639-1 code such as 'es', not '{Quote(fields.TargetLanguage)}'");
        return "";
    }

    private static AudioFormat ReadFormat(ref JobFields fields)
    {
        if (!AudioFormats.TryParse(fields.AudioFormat, out var format))
        {
            fields.Fail(
                ErrorCode.UnsupportedOption,
                $"{ErrorWords.InvalidFormat}'audio_format' must be one of {AudioFormats.Accepted}, not '{Quote(fields.AudioFormat)}'");
        }

        return format;
    }

    private static DateTimeOffset? ReadDeadline(in JobProperties properties, ref JobFields fields)
    {
        if (JobHeaders.Has(properties.Headers, JobHeaders.Deadline))
        {
            if (JobHeaders.Number(properties.Headers, JobHeaders.Deadline) is >= 0 and < 253_402_300_800_000 and var milliseconds)
                return DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
            fields.FailFormat("header 'deadline' must be a time in milliseconds since 1970-01-01 UTC");
            return null;
        }

        var lifetimeIsKnown = uint.TryParse(properties.Expiration, NumberStyles.None, CultureInfo.InvariantCulture, out var lifetime);
        return lifetimeIsKnown && properties.Timestamp < new DateTimeOffset(9000, 1, 1, 0, 0, 0, TimeSpan.Zero)
            ? properties.Timestamp.Value.AddMilliseconds(lifetime)
            : null;
    }

    private static BodyKind KindOf(string? contentType)
    {
        var type = contentType.AsSpan();
        var end = type.IndexOf(';');
        type = (end < 0 ? type : type[..end]).Trim();
        if (type.IsEmpty || Is(type, "application/json") || Is(type, "text/json"))
            return BodyKind.Json;
        // Browsers name speech that they record video/webm at times, and older ones Ogg application/ogg.
        return type.StartsWith("audio/", StringComparison.OrdinalIgnoreCase) || type.StartsWith("video/", StringComparison.OrdinalIgnoreCase)
            || Is(type, "application/ogg") || Is(type, "application/octet-stream")
            ? BodyKind.RawAudio
            : BodyKind.Unknown;
    }

    // AMQP libraries for Python put the character set of a JSON body here.
    private static bool IsPlain(string? encoding) => string.IsNullOrEmpty(encoding) || Is(encoding, "identity") || Is(encoding, "utf-8");

    private static bool Is(ReadOnlySpan<char> text, string name) => text.Equals(name, StringComparison.OrdinalIgnoreCase);

    private static string? Short(string? text, int maxLength) => text?.Length <= maxLength ? MessageIds.WithoutControls(text) : null;

    private static string Quote(string? text) => MessageIds.Cut(MessageIds.WithoutControls(text ?? ""), 40);
}
