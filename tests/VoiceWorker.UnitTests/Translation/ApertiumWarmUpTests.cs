using Microsoft.Extensions.Logging.Abstractions;
using VoiceWorker.Engines.Apertium;
using VoiceWorker.Engines.Translation;

namespace VoiceWorker.UnitTests.Translating;

public sealed class ApertiumWarmUpTests
{
    private static readonly LanguagePairs Installed = new([new("en", "es"), new("es", "en"), new("es", "en_US")]);

    [Fact]
    public void Choose_NothingConfigured_TakesAllButVariants() =>
        Assert.Equal([new("en", "es"), new("es", "en")], ApertiumWarmUp.Choose([], Installed, NullLogger.Instance));

    [Fact]
    public void Choose_NothingConfiguredAndManyInstalled_TakesNone()
    {
        var many = new LanguagePairs(Enumerable.Range(0, 9).Select(i => new LanguagePair("en", $"x{i}")));

        Assert.Empty(ApertiumWarmUp.Choose([], many, NullLogger.Instance));
    }

    [Fact]
    public void Choose_Configured_TakesWhatThereIs() =>
        Assert.Equal([new("es", "en")], ApertiumWarmUp.Choose(["es-en", "en-fr", "nonsense"], Installed, NullLogger.Instance));
}
