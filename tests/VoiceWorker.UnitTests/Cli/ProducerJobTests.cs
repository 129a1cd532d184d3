using VoiceWorker.Client;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Contract.Reading;

namespace VoiceWorker.UnitTests.Cli;

/// <summary>What the producer writes, the worker reads.</summary>
public sealed class ProducerJobTests
{
    private static readonly ProducerJob Job = new()
    {
        SourceLang = "en",
        TargetLang = "es",
        Voice = "es-419",
        SenderId = "alice",
        AudioFormat = "audio/flac",
        Progress = true,
        IncludeOriginalAudio = true,
        AudioData = [1, 2, 3],
    };

    [Fact]
    public void ToRaw_EveryField_IsReadBack()
    {
        var job = Read(Job.ToRaw("a.webm", "audio/webm"));
        Assert.Equal(Expected(job) with { Input = new AudioInput(Job.AudioData, false, "audio/webm") }, job with { Input = job.Input });
    }

    [Fact]
    public void ToJson_EveryField_IsReadBack()
    {
        var job = Read(Job.ToJson("a.webm"));
        var audio = Assert.IsType<AudioInput>(job.Input);
        Assert.Equal(("AQID", true), (System.Text.Encoding.UTF8.GetString(audio.Data.Span), audio.IsBase64));
        Assert.Equal(Expected(job), job);
    }

    [Fact]
    public void ToJson_Text_IsReadBack()
    {
        var job = Read((Job with { AudioData = null, Text = "¿qué?" }).ToJson("¿qué?"));
        Assert.Equal(new TextInput("¿qué?"), job.Input);
    }

    private static VoiceJob Expected(VoiceJob job) => job with
    {
        SourceLanguage = "en",
        TargetLanguage = "es",
        Voice = "es-419",
        SenderId = "alice",
        ReplyFormat = AudioFormat.Flac,
        WantsProgress = true,
        IncludeOriginalAudio = true,
    };

    private static VoiceJob Read(JobMessage message) => new JobReader(new JobLimits()).Read(
        message.Body,
        new() { ContentType = message.ContentType, MessageId = "1", Headers = new Dictionary<string, object?>(message.Headers) });
}
