using VoiceWorker.Contract.Jobs;
using VoiceWorker.Contract.Replies;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.UnitTests.Pipeline;

/// <summary>Jobs that want both recordings, the translation's and the original's.</summary>
public sealed class RecordingTests : IDisposable
{
    private readonly TestPipeline _pipeline = new(o => (o.Synthesize.Timeout, o.Encode.Timeout) = (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)));

    public void Dispose() => _pipeline.Dispose();

    [Fact]
    public async Task SendAsync_BothVoicesSpeak_SendsBoth()
    {
        var reply = await ReplyAsync();

        Assert.Equal((true, true, false, "es"), (reply.TranslatedAudio is not null, reply.OriginalAudio is not null, reply.NeedsFallback, reply.VoiceUsed));
    }

    [Theory]
    [InlineData("es", false, true)]
    [InlineData("en", true, false)]
    [InlineData("encode es", false, true)]
    [InlineData("encode en", true, false)]
    public async Task SendAsync_OneFailsForGood_SendsTheOther(string failing, bool translated, bool original)
    {
        _pipeline.Engines.OnVoice = (voice, _) => voice == failing ? throw EngineException.Transient(ErrorCode.SynthesisFailed, "hoarse") : ValueTask.CompletedTask;

        var reply = await ReplyAsync();

        Assert.Equal((translated, original), (reply.TranslatedAudio is not null, reply.OriginalAudio is not null));
        Assert.True(reply.NeedsFallback);
        Assert.Equal(translated ? "es" : null, reply.VoiceUsed);
    }

    [Theory]
    [InlineData("es", false, true)]
    [InlineData("en", true, false)]
    public async Task SendAsync_OneHangs_SendsTheOther(string hanging, bool translated, bool original)
    {
        _pipeline.Engines.OnVoice = async (voice, token) => await (voice == hanging ? Task.Delay(Timeout.Infinite, token) : Task.CompletedTask);

        var reply = await ReplyAsync();

        Assert.Equal((translated, original, true), (reply.TranslatedAudio is not null, reply.OriginalAudio is not null, reply.NeedsFallback));
    }

    [Fact]
    public async Task SendAsync_OneNeedsASecondTry_TheOtherIsSpokenOnce()
    {
        var tries = new Dictionary<string, int> { ["es"] = 0, ["en"] = 0 };
        _pipeline.Engines.OnVoice = (voice, _) => tries.ContainsKey(voice) && ++tries[voice] == 1 && voice == "es" ? throw EngineException.Transient(ErrorCode.SynthesisFailed, "hoarse") : ValueTask.CompletedTask;

        var reply = await ReplyAsync();

        Assert.False(reply.NeedsFallback);
        Assert.Equal((2, 1), (tries["es"], tries["en"]));
    }

    [Fact]
    public async Task SendAsync_TheWantedVoiceIsUnknown_IsAnErrorAllTheSame()
    {
        _pipeline.Engines.OnVoice = (voice, _) => voice == "es" ? throw EngineException.BadJob(ErrorCode.UnsupportedOption, "No such voice.") : ValueTask.CompletedTask;

        var delivery = await _pipeline.RunAsync(_pipeline.AudioJob() with { IncludeOriginalAudio = true });

        Assert.Equal(ErrorCode.UnsupportedOption, Assert.IsType<ErrorReply>(Assert.Single(delivery.Replies)).Failure.Code);
    }

    private async Task<TranslationReply> ReplyAsync() =>
        Assert.IsType<TranslationReply>(Assert.Single((await _pipeline.RunAsync(_pipeline.AudioJob() with { IncludeOriginalAudio = true })).Replies));
}
