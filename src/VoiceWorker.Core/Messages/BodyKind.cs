namespace VoiceWorker.Core.Messages;

/// <summary>How the body of a message is read.</summary>
internal enum BodyKind
{
    Json,
    RawAudio,
    Unknown,
}
