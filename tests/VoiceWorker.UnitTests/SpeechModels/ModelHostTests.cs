using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Jobs;
using VoiceWorker.Core.Pooling;
using VoiceWorker.Core.Ports;
using VoiceWorker.Whisper.Hosting;

namespace VoiceWorker.UnitTests.SpeechModels;

public sealed class ModelHostTests : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("voiceworker-models-");
    private readonly FakeTimeProvider _time = new();
    private readonly FakeModels _models;
    private readonly IConfigurationRoot _configuration;
    private readonly ServiceProvider _services;

    public ModelHostTests()
    {
        _models = new FakeModels { DefaultPath = Write("default.bin", "common") };
        WriteSettings(("Files:clinic", Write("clinic.bin", "doctor")), ("Languages:es", "clinic"));
        _configuration = new ConfigurationBuilder().AddJsonFile(Settings).Build();
        _services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(_time)
            .AddModelHost(_configuration, "fake", _ => _models)
            .BuildServiceProvider();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Settings => Path.Combine(_folder.FullName, "settings.json");

    private ModelHost Host => _services.GetRequiredKeyedService<ModelHost>("fake");

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("en", null, "common")]
    [InlineData(null, null, "common")]
    [InlineData("es", null, "doctor")]
    [InlineData("es", "default", "common")]
    [InlineData("en", "Clinic", "doctor")]
    public async Task RecognizeAsync_LanguageAndWish_DecideTheModel(string? language, string? model, string text) =>
        Assert.Equal(text, await RecognizeAsync(language, model));

    [Fact]
    public async Task RecognizeAsync_UnknownModel_IsABadJobThatListsThem()
    {
        var error = await Assert.ThrowsAsync<EngineException>(() => RecognizeAsync("en", "large"));

        Assert.Equal((FailureKind.BadJob, ErrorCode.UnsupportedOption), (error.Kind, error.Code));
        Assert.Contains("default, clinic", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RecognizeAsync_NamedModelBroken_IsWorthAnotherTryAndLeavesTheDefaultOneAlone()
    {
        Write("clinic.bin", "broken");

        var error = await Assert.ThrowsAsync<EngineException>(() => RecognizeAsync("es"));

        Assert.Equal(FailureKind.Transient, error.Kind);
        Assert.Equal("common", await RecognizeAsync("en"));
        Write("clinic.bin", "mended");
        Assert.Equal("mended", await RecognizeAsync("es"));
    }

    [Fact]
    public async Task RefreshAsync_SettingOfTheWrongType_ChangesNothing()
    {
        Assert.Equal("common", await RecognizeAsync("en"));
        File.WriteAllText(Settings, """{ "Stt:Models:UnloadAfter": "soon" }""");
        Assert.NotNull(Record.Exception(_configuration.Reload));

        await Host.RefreshAsync();

        Assert.Equal("common", await RecognizeAsync("en"));
    }

    [Fact]
    public async Task RefreshAsync_ChangedFile_NewJobsGetTheNewModelAndOldOnesFinishOnTheOld()
    {
        var gate = new TaskCompletionSource();
        _models.Gate = gate.Task;
        var running = RecognizeAsync("en");
        await UntilAsync(() => _models.Events.Length == 1);
        Write("default.bin", "newer");

        // One look sees the change, the next that it has come to rest.
        await Host.RefreshAsync();
        Assert.Equal(["+common"], _models.Events);
        await Host.RefreshAsync();
        var next = RecognizeAsync("en");
        Assert.Equal(["+common", "+newer"], _models.Events);
        gate.SetResult();

        Assert.Equal(("common", "newer"), (await running, await next));
        await UntilAsync(() => _models.Events.Contains("-common"));
        Assert.Equal(["+common", "+newer", "-common"], _models.Events);
    }

    [Fact]
    public async Task RefreshAsync_ChangedToABrokenFile_KeepsTheOldModelUntilItIsMended()
    {
        await RecognizeAsync("en");
        Write("default.bin", "broken");
        await RefreshTwiceAsync();
        Assert.Equal("common", await RecognizeAsync("en"));

        Write("default.bin", "mended now");
        await RefreshTwiceAsync();

        Assert.Equal("mended now", await RecognizeAsync("en"));
    }

    [Fact]
    public async Task RefreshAsync_FileGone_KeepsTheModel()
    {
        await RecognizeAsync("en");
        File.Delete(_models.DefaultPath);
        await RefreshTwiceAsync();

        Assert.Equal("common", await RecognizeAsync("en"));
    }

    [Fact]
    public async Task RefreshAsync_ChangedSettings_AddsAndRemovesModels()
    {
        await RecognizeAsync("es");
        WriteSettings(("Files:court", Write("court.bin", "judge")), ("Languages:es", "court"));
        _configuration.Reload();
        await Host.RefreshAsync();

        Assert.Equal("judge", await RecognizeAsync("es"));
        await Assert.ThrowsAsync<EngineException>(() => RecognizeAsync("es", "clinic"));
        await UntilAsync(() => _models.Events.Contains("-doctor"));
    }

    [Fact]
    public async Task RefreshAsync_ImpossibleSettings_ChangeNothing()
    {
        await RecognizeAsync("es");
        WriteSettings(("Languages:es", "nowhere"));
        Assert.ThrowsAny<Exception>(_configuration.Reload);

        await RefreshTwiceAsync();

        Assert.Equal("doctor", await RecognizeAsync(null, "clinic"));
    }

    [Fact]
    public async Task RefreshAsync_ModelThatNobodyUses_IsUnloadedAndLoadedAgainByTheNextJob()
    {
        await RecognizeAsync("en");
        _time.Advance(TimeSpan.FromMinutes(9));
        await Host.RefreshAsync();
        Assert.Equal(["+common"], _models.Events);
        _time.Advance(TimeSpan.FromMinutes(1));

        await Host.RefreshAsync();

        await UntilAsync(() => _models.Events.Length == 2);
        Assert.Equal("common", await RecognizeAsync("en"));
        Assert.Equal(["+common", "-common", "+common"], _models.Events);
    }

    [Fact]
    public async Task CheckAsync_UnloadedModel_StaysUnloadedAndTheEngineReady()
    {
        await Host.CheckAsync(Token);
        _time.Advance(TimeSpan.FromMinutes(10));
        await Host.RefreshAsync();
        await UntilAsync(() => _models.Events.Length == 4);

        var status = await Host.CheckAsync(Token);

        Assert.True(status.Ready, status.Detail);
        Assert.Contains("unloaded", status.Detail, StringComparison.Ordinal);
        Assert.Equal(4, _models.Events.Length);
    }

    [Fact]
    public async Task CheckAsync_OneBrokenModel_NamesItAndItsSetting()
    {
        Write("clinic.bin", "broken");

        var status = await Host.CheckAsync(Token);

        Assert.False(status.Ready);
        Assert.Contains("default: common; clinic: ", status.Detail, StringComparison.Ordinal);
        Assert.Contains("Stt:Models:Files:clinic", status.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DisposeAsync_LoadedModels_AreUnloadedAndLaterJobsRefused()
    {
        await RecognizeAsync("es");
        var host = Host;

        await _services.DisposeAsync();

        Assert.Equal(["+doctor", "-doctor"], _models.Events);
        using var audio = Audio();
        Assert.Equal(FailureKind.Stopping, (await Assert.ThrowsAsync<EngineException>(() => host.RecognizeAsync(audio, "en", Token).AsTask())).Kind);
    }

    [Theory]
    [InlineData("Files:default", "/models/a.bin", "Files:default")]
    [InlineData("Files:b", " ", "Files:b")]
    [InlineData("Languages:fr", "nobody", "Languages:fr")]
    [InlineData("Languages:french", "clinic", "Languages:french")]
    [InlineData("UnloadAfter", "-00:00:01", "UnloadAfter")]
    public void Options_ThatLeadNowhere_AreNamed(string key, string value, string named)
    {
        _configuration[$"Stt:Models:{key}"] = value;

        var error = Assert.ThrowsAny<Exception>(() => Host);

        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    private async Task<string> RecognizeAsync(string? language, string? model = null)
    {
        using var audio = Audio();
        return (await Host.RecognizeAsync(audio, language, model, Token)).Text;
    }

    private async Task RefreshTwiceAsync()
    {
        await Host.RefreshAsync();
        await Host.RefreshAsync();
    }

    private void WriteSettings(params (string Key, string Value)[] settings) => File.WriteAllText(Settings, JsonSerializer.Serialize(
        settings.Concat([(Key: "CheckEvery", Value: "00:00:00"), (Key: "UnloadAfter", Value: "00:10:00")]).ToDictionary(s => $"Stt:Models:{s.Key}", s => s.Value)));

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    private static DecodedAudio Audio() => new(new PooledMemory<float>(1), 0, "wav");

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
            await Task.Delay(1, Token);
    }
}
