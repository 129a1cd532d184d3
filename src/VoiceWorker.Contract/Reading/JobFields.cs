using System.Globalization;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Contract.Replies;

namespace VoiceWorker.Contract.Reading;

/// <summary>The fields of a message as read so far, and the first thing that was wrong with it.</summary>
internal struct JobFields
{
    private const int LongestQuote = 40;

    public AudioInput? Audio;
    public string? Text;
    public string? SourceLanguage;
    public string? TargetLanguage;
    public string? SenderId;
    public string? MessageId;
    public string? Voice;
    public string? AudioFormat;
    public string? Model;
    public bool WantsProgress;
    public bool IncludeOriginalAudio;
    public DateTimeOffset? Deadline;
    public byte? Priority;
    public StageFailure? Failure;

    /// <summary>Notes what was wrong; the first finding is the one that the producer is told.</summary>
    public void Fail(ErrorCode code, string message) =>
        Failure ??= new StageFailure(Stage.Intake, FailureKind.BadJob, code, message);

    /// <summary>Notes that the message is not of the contract's form.</summary>
    public void FailFormat(string detail) => Fail(ErrorCode.InvalidMessage, ErrorMessages.InvalidFormat + detail);

    /// <summary>Notes that a field is not what it should be.</summary>
    /// <param name="field">The field.</param>
    /// <param name="found">What it is, in words: <c>an array</c>, <c>'maybe'</c>.</param>
    public void FailField(JobField field, string found) => FailFormat($"'{field.Name()}' must be {field.Wanted()}, not {found}");

    /// <summary>A value in an error message: short, on one line, in quotation marks.</summary>
    public static string Quote(string? text) => $"'{MessageIds.Cut(MessageIds.WithoutControls(text ?? ""), LongestQuote)}'";

    /// <summary>Stores a field that is a short text, or a number or a truth value in a text's form.</summary>
    public void Set(JobField field, string value)
    {
        switch (field)
        {
            case JobField.SourceLang:
                SourceLanguage = value;
                break;
            case JobField.TargetLang:
                TargetLanguage = value;
                break;
            case JobField.SenderId:
                SenderId = value;
                break;
            case JobField.MessageId:
                MessageId = value;
                break;
            case JobField.Voice:
                Voice = value;
                break;
            case JobField.AudioFormat:
                AudioFormat = value;
                break;
            case JobField.Model:
                Model = value;
                break;
            default:
                SetTyped(field, value.Trim());
                break;
        }
    }

    private void SetTyped(JobField field, string value)
    {
        if (field is JobField.Progress or JobField.IncludeOriginalAudio && Flag(value) is { } flag)
            (WantsProgress, IncludeOriginalAudio) = field == JobField.Progress ? (flag, IncludeOriginalAudio) : (WantsProgress, flag);
        else if (field == JobField.Deadline && TimestampReader.TryRead(value, out var moment))
            Deadline = moment;
        else if (field == JobField.Priority && byte.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var priority))
            Priority = priority;
        else
            FailField(field, Quote(value));
    }

    private static bool? Flag(string value) => value.ToLowerInvariant() switch
    {
        "true" or "1" => true,
        "false" or "0" => false,
        _ => null,
    };
}
