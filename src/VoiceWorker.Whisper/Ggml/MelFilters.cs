namespace VoiceWorker.Whisper.Ggml;

/// <summary>A model's own mel filter bank.</summary>
/// <param name="Bands">Mel bands: 80, or 128 for large-v3.</param>
/// <param name="Bins">Frequency bins of the power spectrum: 201.</param>
/// <param name="Weights">Shape [Bands, Bins].</param>
public sealed record MelFilters(int Bands, int Bins, IReadOnlyList<float> Weights);
