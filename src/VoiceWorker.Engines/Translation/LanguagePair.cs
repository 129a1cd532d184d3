namespace VoiceWorker.Engines.Translation;

/// <summary>A direction of translation, in an engine's own codes.</summary>
/// <param name="Source">The source language.</param>
/// <param name="Target">The target language.</param>
internal readonly record struct LanguagePair(string Source, string Target)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Source}-{Target}";
}
