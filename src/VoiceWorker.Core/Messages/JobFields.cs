namespace VoiceWorker.Core.Messages;

/// <summary>The fields of a message as read so far, unchecked, and the first thing that was wrong with it.</summary>
internal struct JobFields
{
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
    public StageFailure? Failure;

    /// <summary>Notes what was wrong; the first finding is the one that the producer is told.</summary>
    public void Fail(ErrorCode code, string message) =>
        Failure ??= new StageFailure(Stage.Intake, FailureKind.BadJob, code, message);

    /// <summary>Notes that the message is not of the contract's form.</summary>
    public void FailFormat(string detail) => Fail(ErrorCode.InvalidMessage, ErrorWords.InvalidFormat + detail);

    /// <summary>Stores a field that is a short text.</summary>
    public void SetText(JobField field, string? value)
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
                throw new ArgumentOutOfRangeException(nameof(field), field, "Not a short text.");
        }
    }

    /// <summary>Stores a field that is a yes or a no.</summary>
    public void SetFlag(JobField field, bool value)
    {
        if (field == JobField.Progress)
            WantsProgress = value;
        else
            IncludeOriginalAudio = value;
    }
}
