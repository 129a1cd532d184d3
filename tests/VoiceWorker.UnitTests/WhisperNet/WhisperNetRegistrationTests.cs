using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using VoiceWorker.Core.Ports;
using VoiceWorker.WhisperNet;

namespace VoiceWorker.UnitTests.WhisperNet;

public sealed class WhisperNetRegistrationTests
{
    private static readonly IConfiguration Section = new ConfigurationBuilder()
        .AddInMemoryCollection([new("ModelPath", "no-such-model.bin")])
        .Build();

    [Fact]
    public void AddWhisperNet_EngineNotInTheBuild_SaysWhy()
    {
        Assert.SkipWhen(WhisperNetEngine.IsAvailable, "the engine is in this build");

        var error = Assert.Throws<NotSupportedException>(() => new ServiceCollection().AddWhisperNet(Section));

        Assert.Equal(WhisperNetEngine.WhyUnavailable, error.Message);
    }

    [Fact]
    public async Task AddWhisperNet_EngineInTheBuild_MakesItTheRecognizer()
    {
        Assert.SkipUnless(WhisperNetEngine.IsAvailable, WhisperNetEngine.WhyUnavailable ?? "");
        await using var services = new ServiceCollection().AddLogging().AddWhisperNet(Section).BuildServiceProvider();

        Assert.Equal("whisper.net", services.GetRequiredService<ISpeechRecognizer>().Name);
    }
}
