namespace VoiceWorker.Core.Pipeline;

/// <summary>
/// The recordings of a reply, translation and original, as far as they are made. It outlives a failed try: the next one
/// makes only what is missing, and where one of the two fails for good the other is sent.
/// </summary>
/// <typeparam name="T">What a stage makes of each.</typeparam>
internal sealed class RecordingPair<T>
    where T : class
{
    /// <summary>The translation; null when it was not made.</summary>
    public T? Translated { get; private set; }

    /// <summary>The original; null when it was not made.</summary>
    public T? Original { get; private set; }

    /// <summary>Makes what is missing, both at once, so that one that hangs does not keep the other from its try.</summary>
    /// <param name="translated">Makes the translation; null where none is wanted.</param>
    /// <param name="original">Makes the original; null where none is wanted.</param>
    public Task MakeAsync(Func<ValueTask<T>>? translated, Func<ValueTask<T>>? original)
    {
        return original is null ? TranslatedAsync() : Task.WhenAll(TranslatedAsync(), OriginalAsync());

        async Task TranslatedAsync()
        {
            if (translated is not null)
                Translated ??= await translated();
        }

        async Task OriginalAsync() => Original ??= await original();
    }
}
