namespace VoiceWorker.Whisper.Ggml;

/// <summary>What a model file's header may say. Everything else is refused before any memory is set aside for it.</summary>
internal static class WhisperDimensionRules
{
    private const int MaxState = 4096;
    private const int MaxLayers = 64;

    /// <exception cref="GgmlFormatException">Names the number that is wrong and what would be right.</exception>
    public static void Check(WhisperDimensions d)
    {
        Require(d.Vocabulary is >= 51864 and <= 51866, "n_vocab", d.Vocabulary, "51864, 51865 or 51866");
        Require(d.AudioContext == 1500, "n_audio_ctx", d.AudioContext, "1500");
        Require(d.TextContext is >= 64 and <= 4096, "n_text_ctx", d.TextContext, "64 to 4096");
        Require(d.Mels is 80 or 128, "n_mels", d.Mels, "80 or 128");
        CheckWidth("audio", d.AudioState, d.AudioHeads, d.AudioLayers);
        CheckWidth("text", d.TextState, d.TextHeads, d.TextLayers);
        Require(d.TextState == d.AudioState, "n_text_state", d.TextState, $"the same as n_audio_state, {d.AudioState}");
        Require(GgmlTypes.OfFile(d.FileType) is not null, "ftype", d.FileType, "f32, f16, q4_0, q4_1, q5_0, q5_1, q8_0 or a k-quant");
        Require(d.AudioState % d.MatrixType.Block().Values == 0, "n_audio_state", d.AudioState, $"a multiple of the block size of {d.MatrixType.DisplayName()}, {d.MatrixType.Block().Values}");
    }

    // whisper.cpp's kernels abort the process on widths that are not multiples of 32 and heads not multiples of 16.
    private static void CheckWidth(string part, int state, int heads, int layers)
    {
        Require(state is >= 32 and <= MaxState && state % 32 == 0, $"n_{part}_state", state, $"a multiple of 32, at most {MaxState}");
        Require(heads >= 1 && state % heads == 0 && state / heads % 16 == 0, $"n_{part}_head", heads, "such that each head is a multiple of 16 wide");
        Require(layers is >= 1 and <= MaxLayers, $"n_{part}_layer", layers, $"1 to {MaxLayers}");
    }

    private static void Require(bool holds, string field, int value, string right)
    {
        if (!holds)
            throw new GgmlFormatException($"the header's {field} is {value}; it must be {right}");
    }
}
