namespace VoiceWorker.Client;

/// <summary>A job as a producer sends it, in either of the contract's two forms.</summary>
/// <param name="Name">What the user calls it: the file's name, or the text.</param>
/// <param name="ContentType"><c>application/json</c>, or the audio's media type.</param>
/// <param name="Body">The JSON, or the audio file as it is.</param>
/// <param name="Headers">The job's fields when the body is audio; empty for JSON.</param>
public sealed record JobMessage(string Name, string ContentType, ReadOnlyMemory<byte> Body, IReadOnlyDictionary<string, object?> Headers);
