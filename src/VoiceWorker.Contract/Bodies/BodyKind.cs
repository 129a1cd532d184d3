namespace VoiceWorker.Contract.Bodies;

/// <summary>How the body of a message is read.</summary>
internal enum BodyKind
{
    Json,
    RawAudio,
    Unknown,
}
