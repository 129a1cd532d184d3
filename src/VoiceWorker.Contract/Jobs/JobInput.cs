namespace VoiceWorker.Contract.Jobs;

/// <summary>What a job brings: audio, text, or a reason why it cannot be read.</summary>
public abstract record JobInput;

/// <summary>Encoded audio as it arrived. The memory belongs to the delivery and lives until it is settled.</summary>
/// <param name="Data">The bytes of an audio file, or their base64 text (UTF-8) when <paramref name="IsBase64"/> is set.</param>
/// <param name="IsBase64">Whether the decode stage has to undo base64 first.</param>
/// <param name="ContentType">The producer's claim (<c>audio/ogg</c>), a hint only: the format is sniffed.</param>
public sealed record AudioInput(ReadOnlyMemory<byte> Data, bool IsBase64 = false, string? ContentType = null) : JobInput;

/// <summary>Text that needs no speech recognition.</summary>
/// <param name="Text">The text in the source language.</param>
public sealed record TextInput(string Text) : JobInput;

/// <summary>A message that cannot be read as a job; it is answered with an error.</summary>
/// <param name="Failure">What was wrong.</param>
public sealed record InvalidInput(StageFailure Failure) : JobInput;
