namespace VoiceWorker.Engines.Translation;

/// <summary>A piece of a text.</summary>
/// <param name="Words">What is to be worked on; without white space at the end.</param>
/// <param name="Gap">The white space behind it.</param>
internal readonly record struct TextPiece(string Words, string Gap);
