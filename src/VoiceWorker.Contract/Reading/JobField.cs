namespace VoiceWorker.Contract.Reading;

/// <summary>The fields of a job on the wire: keys of the JSON body, or headers beside raw audio.</summary>
internal enum JobField
{
    AudioData,
    Text,
    SourceLang,
    TargetLang,
    SenderId,
    MessageId,
    Voice,
    AudioFormat,
    Progress,
    IncludeOriginalAudio,
    Model,
    Deadline,
    Priority,
}
