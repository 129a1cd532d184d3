using System.Globalization;
using VoiceWorker.Whisper.Ggml;
using VoiceWorker.Whisper.Tokens;

namespace VoiceWorker.Host.Cli.Models;

/// <summary>A model file in words.</summary>
internal static class ModelDescription
{
    /// <summary>Verifies a file and describes it.</summary>
    /// <inheritdoc cref="GgmlFile.Open(string)" path="/exception"/>
    public static string Of(string path)
    {
        var d = GgmlFile.Verify(path).Dimensions;
        var tokens = new WhisperTokens(d.Vocabulary);
        var languages = tokens.IsMultilingual ? $"{tokens.Languages} languages" : "English only";
        return string.Create(CultureInfo.InvariantCulture,
            $"{d.AudioState} x {d.AudioHeads} heads, {d.AudioLayers} + {d.TextLayers} layers, {d.MatrixType.DisplayName()}, {languages}, {new FileInfo(path).Length / 1e6:0.0} MB");
    }
}
