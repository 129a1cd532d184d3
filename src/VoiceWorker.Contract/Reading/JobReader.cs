using System.Globalization;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Contract.Replies;
using VoiceWorker.Contract.Texts;

namespace VoiceWorker.Contract.Reading;

/// <summary>
/// Reads the two forms of a job, JSON and raw audio. It never throws: a message that cannot be read becomes a job
/// with <see cref="InvalidInput"/> and whatever id and languages could be made out, so that its producer gets an answer.
/// </summary>
/// <param name="limits">Sizes above which a message is refused.</param>
/// <param name="time">The clock, against which a producer's is checked; null for the system's.</param>
public sealed class JobReader(JobLimits limits, TimeProvider? time = null)
{
    private const int MaxTraceParent = 128;
    private const int MaxTraceState = 512;

    // A broker drops what has expired, so a life that ended longer ago was counted with a wrong clock.
    private static readonly TimeSpan WrongestClock = TimeSpan.FromDays(1);

    private readonly JobBodyReader _bodies = new(limits);
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>Reads one message.</summary>
    /// <param name="body">The body; the job's audio is a part of it, or of its decompressed copy, and lives no longer.</param>
    /// <param name="properties">What the transport knows of it.</param>
    public VoiceJob Read(ReadOnlyMemory<byte> body, in JobProperties properties)
    {
        var fields = default(JobFields);
        ReadProperties(properties, ref fields);
        _bodies.Read(body, properties, ref fields);
        if (fields.Audio is null && string.IsNullOrWhiteSpace(fields.Text))
            fields.Fail(ErrorCode.NoInput, ErrorMessages.NoInput);
        var source = ReadSource(ref fields);
        var target = ReadTarget(ref fields);
        var format = ReadFormat(ref fields);
        var priority = properties.Priority > 0 ? properties.Priority : fields.Priority ?? 0;
        return new VoiceJob
        {
            MessageId = MessageIds.Clean(properties.MessageId) ?? MessageIds.Clean(fields.MessageId) ?? MessageIds.Derive(body.Span, properties),
            Input = Choose(fields),
            SourceLanguage = source?.Language,
            TargetLanguage = target?.Language ?? "",
            SourceVariant = source is { HasVariant: true } ? source.ToString() : null,
            TargetVariant = target is { HasVariant: true } ? target.ToString() : null,
            SenderId = MessageIds.Clean(fields.SenderId),
            ReplyTo = string.IsNullOrEmpty(properties.ReplyTo) ? null : properties.ReplyTo,
            Voice = MessageIds.Clean(fields.Voice),
            Model = MessageIds.Clean(fields.Model),
            ReplyFormat = format,
            WantsProgress = fields.WantsProgress,
            IncludeOriginalAudio = fields.IncludeOriginalAudio,
            Deadline = fields.Deadline ?? EndOfLife(properties),
            Priority = Math.Min(priority, (byte)9),
            Attempt = Math.Max(properties.Attempt, 1),
            TraceParent = Short(JobHeaders.Text(properties.Headers, JobHeaders.TraceParent), MaxTraceParent),
            TraceState = Short(JobHeaders.Text(properties.Headers, JobHeaders.TraceState), MaxTraceState),
        };
    }

    /// <summary>The most bytes that reading a message takes beside its body.</summary>
    public int RoomFor(ReadOnlySpan<byte> body, in JobProperties properties) => _bodies.RoomFor(body, properties);

    private void ReadProperties(in JobProperties properties, ref JobFields fields)
    {
        // What the client makes of bytes that are no UTF-8. A message_id like that gets another one; this has to come back as it was.
        if (properties.CorrelationId?.Contains('\uFFFD', StringComparison.Ordinal) is true)
            fields.FailFormat("correlation_id is not valid UTF-8 and could not be sent back; send a text, such as a UUID in hexadecimal digits");
        HeaderJobParser.Read(properties.Headers, JobField.Deadline, limits, ref fields);
    }

    private static JobInput Choose(in JobFields fields) => fields switch
    {
        { Failure: { } failure } => new InvalidInput(failure),
        { Audio: { } audio } => audio,
        _ => new TextInput(JobTexts.WithoutControls(fields.Text!)),
    };

    private static LanguageTag? ReadSource(ref JobFields fields)
    {
        // und is how BCP 47 says it.
        if (fields.SourceLanguage?.Trim().ToLowerInvariant() is null or "" or "auto" or "und")
            return null;
        if (LanguageTag.TryParse(fields.SourceLanguage, out var tag))
            return tag;
        fields.FailField(JobField.SourceLang, JobFields.Quote(fields.SourceLanguage));
        return null;
    }

    private static LanguageTag? ReadTarget(ref JobFields fields)
    {
        if (LanguageTag.TryParse(fields.TargetLanguage, out var tag))
            return tag;
        if (string.IsNullOrWhiteSpace(fields.TargetLanguage))
            fields.FailFormat($"'target_lang' is missing; it must be {JobField.TargetLang.Wanted()}");
        else
            fields.FailField(JobField.TargetLang, JobFields.Quote(fields.TargetLanguage));
        return null;
    }

    private static AudioFormat ReadFormat(ref JobFields fields)
    {
        if (!AudioFormats.TryParse(fields.AudioFormat, out var format))
            fields.Fail(ErrorCode.UnsupportedOption, $"{ErrorMessages.InvalidFormat}'audio_format' must be {JobField.AudioFormat.Wanted()}, not {JobFields.Quote(fields.AudioFormat)}");
        return format;
    }

    // A time in whole seconds is behind by up to one of them.
    private DateTimeOffset? EndOfLife(in JobProperties properties)
    {
        if (properties.Timestamp is not { } sent || !uint.TryParse(properties.Expiration, NumberStyles.None, CultureInfo.InvariantCulture, out var lifetime))
            return null;
        var (end, received) = (sent + properties.TimestampUnit + TimeSpan.FromMilliseconds(lifetime), properties.ReceivedAt ?? _time.GetUtcNow());
        return sent <= received + WrongestClock && end >= received - WrongestClock ? end : null;
    }

    private static string? Short(string? text, int maxLength) => text?.Length <= maxLength ? MessageIds.WithoutControls(text) : null;
}
