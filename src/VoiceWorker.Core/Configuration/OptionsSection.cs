namespace VoiceWorker.Core.Configuration;

/// <summary>A section of the configuration that is in use, for those who want to see the options in effect.</summary>
/// <param name="Path">The section's path, such as <c>Tts:EspeakNg</c>.</param>
/// <param name="Type">The options that it is bound to.</param>
public sealed record OptionsSection(string Path, Type Type);
