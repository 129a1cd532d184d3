using VoiceWorker.Contract.Jobs;

namespace VoiceWorker.Contract.Replies;

/// <summary>An audio file in memory, as it goes into a reply.</summary>
/// <param name="Data">The file's bytes.</param>
/// <param name="Format">Its format.</param>
public sealed record EncodedAudio(ReadOnlyMemory<byte> Data, AudioFormat Format);
