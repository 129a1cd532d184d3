namespace VoiceWorker.Whisper.Ggml;

/// <summary>What a verified model file holds.</summary>
/// <param name="Dimensions">The header.</param>
/// <param name="Filters">Mel filters.</param>
/// <param name="Vocabulary">The bytes of each text token; its place is its id. May be shorter than the header's count.</param>
/// <param name="Tensors">Every tensor by name: exactly those that the dimensions call for.</param>
public sealed record GgmlContents(
    WhisperDimensions Dimensions,
    MelFilters Filters,
    IReadOnlyList<byte[]> Vocabulary,
    IReadOnlyDictionary<string, GgmlTensor> Tensors);
