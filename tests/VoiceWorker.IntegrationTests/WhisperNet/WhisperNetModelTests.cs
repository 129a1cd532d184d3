using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.IntegrationTests.WhisperNet;

/// <summary>Model files that are not what they should be. whisper.cpp aborts the process on some of them, so none may reach it.</summary>
public sealed class WhisperNetModelTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("voiceworker-whispernet-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Model => Path.Combine(_folder.FullName, "model.bin");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task CheckAsync_GoodModel_IsReadyAndNamesIt()
    {
        await using var services = DemoModel.Start();

        var status = await services.Recognizer().CheckAsync(Token);

        Assert.True(status.Ready, status.Detail);
        Assert.Contains("ggml-demo-en-es.bin", status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CheckAsync_MissingModel_SaysWhatToSet()
    {
        await using var services = DemoModel.Start(("ModelPath", Model));

        var status = await services.Recognizer().CheckAsync(Token);

        Assert.False(status.Ready);
        Assert.Contains(Model, status.Detail, StringComparison.Ordinal);
        Assert.Contains("Stt:WhisperNet:ModelPath", status.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(40)]
    [InlineData(70_000)]
    [InlineData(5_000_000)]
    [InlineData(-1)]
    public async Task RecognizeAsync_TruncatedModel_IsAnEngineDown(int length)
    {
        var whole = await File.ReadAllBytesAsync(DemoModel.File, Token);
        await File.WriteAllBytesAsync(Model, whole[..(length < 0 ? whole.Length + length : length)], Token);

        await AssertEngineDownAsync();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(12)]
    [InlineData(40)]
    public async Task RecognizeAsync_DamagedHeader_IsAnEngineDown(int offset)
    {
        var model = await File.ReadAllBytesAsync(DemoModel.File, Token);
        model.AsSpan(offset, 4).Fill(0x7f);
        await File.WriteAllBytesAsync(Model, model, Token);

        await AssertEngineDownAsync();
    }

    [Fact]
    public async Task RecognizeAsync_ModelPutRightLater_Works()
    {
        await using var services = DemoModel.Start(("ModelPath", Model));
        Assert.False((await services.Recognizer().CheckAsync(Token)).Ready);
        File.Copy(DemoModel.File, Model);
        using var audio = Spoken.ToAudio(await Spoken.SayAsync("en", "where is the hospital"));

        Assert.Equal("where is the hospital", (await services.Recognizer().RecognizeAsync(audio, "en", Token)).Text);
    }

    private async Task AssertEngineDownAsync()
    {
        await using var services = DemoModel.Start(("ModelPath", Model));
        using var audio = Spoken.ToAudio(new float[16_000]);

        var error = await Assert.ThrowsAsync<EngineException>(() => services.Recognizer().RecognizeAsync(audio, "en", Token).AsTask());

        Assert.Equal((FailureKind.EngineDown, ErrorCode.EngineUnavailable), (error.Kind, error.Code));
        Assert.Contains(Model, error.Message, StringComparison.Ordinal);
    }
}
