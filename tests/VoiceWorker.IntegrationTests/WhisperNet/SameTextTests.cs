using VoiceWorker.IntegrationTests.Whisper;

namespace VoiceWorker.IntegrationTests.WhisperNet;

/// <summary>
/// The two engines of one model file, greedy and without fallback. Without flash attention: whisper.cpp's attends to the
/// zeros with which it fills up the encoder's positions, and so writes another text where the model is in doubt.
/// </summary>
public sealed class SameTextTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RecognizeAsync_SameModelAndSpeech_BothEnginesWriteTheSame()
    {
        await using var services = DemoModel.Start(("MaxFallbacks", "0"), ("FlashAttention", "false"));
        await using var onnx = new OnnxEngine(("MaxFallbacks", "0"));
        var differences = new List<string>();

        foreach (var (language, text) in Spoken.Sentences.Where((_, index) => index % 3 == 0))
        {
            using var audio = Spoken.ToAudio(await Spoken.SayAsync(language, text));
            var first = (await services.Recognizer().RecognizeAsync(audio, language, Token)).Text;
            var second = (await onnx.Recognizer.RecognizeAsync(audio, language, Token)).Text;
            if (first != second)
                differences.Add($"{language} '{text}': whisper.net '{first}', onnx '{second}'");
        }

        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }
}
