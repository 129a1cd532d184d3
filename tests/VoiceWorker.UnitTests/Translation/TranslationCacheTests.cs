using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Prometheus;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Ports;
using VoiceWorker.Engines.Translation;

namespace VoiceWorker.UnitTests.Translating;

public sealed class TranslationCacheTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly CollectorRegistry _registry = Metrics.NewCustomRegistry();
    private readonly FakeTranslator _engine = new();
    private TranslationCache? _cache;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TranslateAsync_SameLanguage_AsksNobody()
    {
        var translated = await Translator().TranslateAsync("hola", "es", "ES", Token);

        Assert.Equal(new TranslatedText("hola", "ES", FromCache: true), translated);
        Assert.Equal(0, _engine.Calls);
    }

    [Fact]
    public async Task TranslateAsync_SecondTime_ComesFromTheCache()
    {
        var translator = Translator();
        var first = await translator.TranslateAsync("hello", "en", "es", Token);
        var second = await translator.TranslateAsync("hello", "en", "es", Token);

        Assert.Equal(new TranslatedText("[es] hello", "en"), first);
        Assert.Equal(first with { FromCache = true }, second);
        Assert.Equal(1, _engine.Calls);
        Assert.Equal((1, 1), await CountsAsync());
    }

    [Fact]
    public async Task TranslateAsync_TextWithLineBreaksAndDetectedSource_SurvivesTheCache()
    {
        var translator = Translator();
        await translator.TranslateAsync("a\nb", null, "es", Token);

        Assert.Equal(new TranslatedText("[es] a\nb", "en", FromCache: true), await translator.TranslateAsync("a\nb", null, "es", Token));
    }

    [Theory]
    [InlineData("Hello", "en", "es")]
    [InlineData("hello", "en", "fr")]
    [InlineData("hello", "it", "es")]
    [InlineData("hello", null, "es")]
    [InlineData("hello ", "en", "es")]
    [InlineData("hello\ud800", "en", "es")]
    public async Task TranslateAsync_AnythingDifferent_IsAnotherEntry(string text, string? source, string target)
    {
        var translator = Translator();
        await translator.TranslateAsync("hello", "en", "es", Token);
        await translator.TranslateAsync("hello\udc00", "en", "es", Token);
        await translator.TranslateAsync(text, source, target, Token);

        Assert.Equal(3, _engine.Calls);
    }

    [Fact]
    public async Task TranslateAsync_OldEntry_IsForgotten()
    {
        var translator = Translator(o => o.TimeToLive = TimeSpan.FromMinutes(1));
        await translator.TranslateAsync("hello", "en", "es", Token);
        _time.Advance(TimeSpan.FromMinutes(2));
        await translator.TranslateAsync("hello", "en", "es", Token);

        Assert.Equal(2, _engine.Calls);
    }

    [Theory]
    [InlineData(true, 4)]
    [InlineData(false, 500)]
    public async Task TranslateAsync_TooLongOrSwitchedOff_IsNotKept(bool enabled, int maxLength)
    {
        var translator = Translator(o => (o.Enabled, o.MaxTextLength) = (enabled, maxLength));
        await translator.TranslateAsync("hello", "en", "es", Token);
        await translator.TranslateAsync("hello", "en", "es", Token);

        Assert.Equal(2, _engine.Calls);
        Assert.Equal((0, 0), await CountsAsync());
    }

    [Fact]
    public async Task TranslateAsync_EngineFails_IsNotRemembered()
    {
        var translator = Translator();
        _engine.Fault = EngineException.Transient(ErrorCode.EngineUnavailable, "busy");
        Assert.Same(_engine.Fault, await Assert.ThrowsAsync<EngineException>(async () => await translator.TranslateAsync("hello", "en", "es", Token)));
        _engine.Fault = null;

        Assert.Equal("[es] hello", (await translator.TranslateAsync("hello", "en", "es", Token)).Text);
    }

    [Fact]
    public async Task TranslateAsync_ManyTexts_StaysWithinItsBytes()
    {
        var translator = Translator(o => o.MaxBytes = 1024);
        for (var round = 0; round < 2; round++)
        {
            for (var i = 0; i < 100; i++)
                await translator.TranslateAsync($"{i} {new string('x', 100)}", "en", "es", Token);
        }

        Assert.InRange(_engine.Calls, 190, 200);
    }

    [Fact]
    public async Task TranslateAsync_SameTextAtOnce_AsksTheEngineOnce()
    {
        var translator = Translator();
        _engine.Hold();
        var jobs = Enumerable.Range(0, 8).Select(_ => translator.TranslateAsync("hello", "en", "es", Token).AsTask()).ToArray();
        _engine.Release();

        Assert.All(await Task.WhenAll(jobs), translated => Assert.Equal("[es] hello", translated.Text));
        Assert.Equal(1, _engine.Calls);
        Assert.Equal((7, 1), await CountsAsync());
    }

    [Fact]
    public async Task TranslateAsync_FirstOfTwoJobsCancelled_TheOtherGetsItsTranslation()
    {
        var translator = Translator();
        _engine.Hold();
        using var first = new CancellationTokenSource();
        var cancelled = translator.TranslateAsync("hello", "en", "es", first.Token).AsTask();
        await _engine.Called;
        var other = translator.TranslateAsync("hello", "en", "es", Token).AsTask();

        await first.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        _engine.Release();

        Assert.Equal("[es] hello", (await other).Text);
        Assert.Equal(1, _engine.Calls);
    }

    [Fact]
    public async Task TranslateAsync_AllJobsCancelled_EndsTheEnginesWork()
    {
        var translator = Translator();
        _engine.Hold();
        using var job = new CancellationTokenSource();
        var cancelled = translator.TranslateAsync("hello", "en", "es", job.Token).AsTask();
        await _engine.Called;

        await job.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        await _engine.Cancelled.WaitAsync(Token);
    }

    public ValueTask DisposeAsync()
    {
        _cache?.Dispose();
        return ValueTask.CompletedTask;
    }

    private CachedTranslator Translator(Action<TranslationCacheOptions>? configure = null)
    {
        var options = new TranslationCacheOptions();
        configure?.Invoke(options);
        _cache = new TranslationCache(Options.Create(options), new TranslationCacheMetrics(Metrics.WithCustomRegistry(_registry)), _time);
        return new CachedTranslator(_engine, _cache, Options.Create(new TranslationOptions()));
    }

    private async Task<(double Hits, double Misses)> CountsAsync()
    {
        using var text = new MemoryStream();
        await _registry.CollectAndExportAsTextAsync(text, Token);
        var lines = System.Text.Encoding.UTF8.GetString(text.ToArray()).Split('\n');
        double Value(string name) => double.Parse(lines.Single(l => l.StartsWith(name + " ", StringComparison.Ordinal)).Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
        return (Value("voiceworker_translation_cache_hits_total"), Value("voiceworker_translation_cache_misses_total"));
    }
}
