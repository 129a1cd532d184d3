using VoiceWorker.Contract.Jobs;
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
    [InlineData("dc-12.wav", "where is the hospital")]
    public async Task DecodeAndRecognize_RecordingFromTheField_HearsItsWords(string name, string words)
    {
        Assert.Equal(words, (await HearAsync(RepositoryFiles.PathOf($"tests/data/field/{name}"))).Text);
    }

    [Fact]
    public async Task DecodeAndRecognize_SpeechInPinkNoise_HasNoMoreWordsThanWereSpoken() =>
        Assert.InRange((await HearAsync(RepositoryFiles.PathOf("tests/data/field/pink0.1.wav"))).Text.Split(' ').Length, 0, 4);

    // Too large to be copied here; SpeechDetectionTests and SileroDetectorTests make their like.
    [Theory]
    [InlineData("edge30.wav", "where is the hospital", "the coffee is very hot", "the house is very big")]
    [InlineData("ringback.wav")]
    public async Task DecodeAndRecognize_LongRecordingFromTheField_HearsItsSentences(string name, params string[] sentences)
    {
        var file = RepositoryFiles.PathOf($"../shared/field/{name}");
        Assert.SkipUnless(File.Exists(file), $"{Path.GetFullPath(file)} is not there.");

        Assert.Equal(sentences, (await HearAsync(file)).Segments.Select(segment => segment.Text));
    }

    private async Task<Transcript> HearAsync(string path)
    {
        using var audio = await worker.Audio.Decoder.DecodeAsync(new AudioInput(await File.ReadAllBytesAsync(path, Cancel)), Cancel);
        return await worker.Engine.Recognizer.RecognizeAsync(audio, "en", Cancel);
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
