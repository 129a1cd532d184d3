using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using VoiceWorker.Core.Ports;
using VoiceWorker.WhisperNet;

namespace VoiceWorker.UnitTests.WhisperNet;

public sealed class WhisperNetRegistrationTests
{
    private static readonly IConfiguration Configuration = new ConfigurationBuilder()
        .AddInMemoryCollection([new("Stt:ModelPath", "no-such-model.bin")])
        .Build();

    [Fact]
    public void AddWhisperNet_EngineNotInTheBuild_SaysWhy()
    {
        Assert.SkipWhen(WhisperNetEngine.IsAvailable, "the engine is in this build");

        var error = Assert.Throws<NotSupportedException>(() => new ServiceCollection().AddWhisperNet(Configuration));

        Assert.Equal(WhisperNetEngine.WhyUnavailable, error.Message);
    }

    [Fact]
    public async Task AddWhisperNet_EngineInTheBuild_MakesItTheRecognizer()
    {
        Assert.SkipUnless(WhisperNetEngine.IsAvailable, WhisperNetEngine.WhyUnavailable ?? "");
        await using var services = new ServiceCollection().AddLogging().AddWhisperNet(Configuration).BuildServiceProvider();

        Assert.Equal("whisper.net", services.GetRequiredService<ISpeechRecognizer>().Name);
    }
}
