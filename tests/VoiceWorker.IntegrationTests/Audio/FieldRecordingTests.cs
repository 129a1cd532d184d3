using VoiceWorker.Core.Messages;
using VoiceWorker.IntegrationTests.Deploy;
using VoiceWorker.IntegrationTests.Whisper;

namespace VoiceWorker.IntegrationTests.Audio;

/// <summary>Recordings as real recorders and phones made them, each a bug of one, decoded and heard by the demo model.</summary>
public sealed class FieldRecordingTests(FieldRecordingTests.Worker worker) : IClassFixture<FieldRecordingTests.Worker>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("align4.wav", "where is the hospital")]
    [InlineData("tags40.ogg", "the house is very big")]
    [InlineData("mp3-zeros.mp3", "the coffee is very hot")]
    [InlineData("anti.wav", "where is the hospital")]
    [InlineData("x.caf", "where is the hospital")]
    [InlineData("riff-right-data-0.wav", "where is the hospital")]
    public async Task DecodeAndRecognize_RecordingFromTheField_HearsItsWords(string name, string words)
    {
        var file = await File.ReadAllBytesAsync(RepositoryFiles.PathOf($"tests/data/field/{name}"), Cancel);

        using var audio = await worker.Audio.Decoder.DecodeAsync(new AudioInput(file), Cancel);
        var transcript = await worker.Engine.Recognizer.RecognizeAsync(audio, "en", Cancel);

        Assert.Equal(words, transcript.Text);
    }

    /// <summary>What decodes and hears; the model is loaded once.</summary>
    public sealed class Worker : IAsyncDisposable
    {
        internal OnnxEngine Engine { get; } = new();

        internal AudioServices Audio { get; } = new();

        public async ValueTask DisposeAsync()
        {
            Audio.Dispose();
            await Engine.DisposeAsync();
        }
    }
}
