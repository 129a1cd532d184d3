using System.Buffers;
using System.Text.Json;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Contract.Replies;

namespace VoiceWorker.UnitTests.Messages;

/// <summary>The wire contract of replies: what is approved here is what chat clients parse.</summary>
public sealed class ReplyWriterTests
{
    private const string Id = "job-1";

    private static readonly Translation Spoken = new(
        new Transcript("Good morning, it's \"me\".", "en", [new Segment(0, 1.8, "Good morning,", 0.9123456), new Segment(1.8, 2.5, "it's \"me\".", null, [new(1.8, 2.1, "it's", 0.75), new(2.1, 2.5, "\"me\".", 0.98765)])], TimeSpan.FromSeconds(2.5)),
        "Buenos días, soy «yo».\n😀",
        "es");

    [Fact]
    public void Write_FinishedJob_IsTheApprovedJson() => Approval.VerifyJson(Write(Finished()), "translation_complete");

    [Fact]
    public void Write_FinishedJobWithOriginalAudio_NamesBoth() => Approval.VerifyJson(
        Write(Finished() with { IncludesOriginalAudio = true, OriginalAudio = new EncodedAudio(new byte[] { 0xfb, 0xff }, AudioFormat.OggOpus) }),
        "translation_complete_both");

    [Fact]
    public void Write_SpeechIsMissing_SaysThatAFallbackIsNeeded() => Approval.VerifyJson(
        Write(Finished() with { TranslatedAudio = null, VoiceUsed = null, NeedsFallback = true, Translation = Spoken with { Source = new Transcript("Hi", null, []) } }),
        "translation_complete_fallback");

    [Fact]
    public void Write_Error_IsTheApprovedJson() => Approval.VerifyJson(
        Write(new ErrorReply(Id, new StageFailure(Stage.Decode, FailureKind.BadJob, ErrorCode.UnsupportedAudio, "the audio is of no known format"))),
        "error");

    [Fact]
    public void Write_EveryProgressEvent_IsTheApprovedJson()
    {
        var all = Enum.GetValues<ProgressEvent>().Select(e => JsonDocument.Parse(
            Write(new ProgressReply(Id, e, e is ProgressEvent.SpeechRecognized ? "Good morning" : e is ProgressEvent.Translated ? "Buenos días" : null)).ToArray()));
        Approval.VerifyJson(JsonSerializer.SerializeToUtf8Bytes(all.Select(d => d.RootElement)), "progress");
    }

    [Theory]
    [InlineData(AudioFormat.OggOpus, "data:audio/ogg;base64,")]
    [InlineData(AudioFormat.Wav, "data:audio/wav;base64,")]
    [InlineData(AudioFormat.Mp3, "data:audio/mpeg;base64,")]
    [InlineData(AudioFormat.Flac, "data:audio/flac;base64,")]
    public void Write_AudioOfAnySize_ComesBackUnchanged(AudioFormat format, string prefix)
    {
        var audio = new byte[100_001];
        Random.Shared.NextBytes(audio);
        var json = Write(Finished() with { TranslatedAudio = new EncodedAudio(audio, format) });
        var url = JsonDocument.Parse(json.ToArray()).RootElement.GetProperty("data").GetProperty("audio_url").GetString()!;
        Assert.StartsWith(prefix, url);
        Assert.Equal(audio, Convert.FromBase64String(url[prefix.Length..]));
    }

    [Theory]
    [InlineData(Stage.Intake, ErrorCode.NoInput, "", "No audio or text data provided")]
    [InlineData(Stage.Intake, ErrorCode.InvalidMessage, "bad", "Invalid message format: bad")]
    [InlineData(Stage.Intake, ErrorCode.InvalidMessage, "Invalid message format: bad", "Invalid message format: bad")]
    [InlineData(Stage.Transcribe, ErrorCode.RecognitionFailed, "bad", "Speech recognition failed: bad")]
    [InlineData(Stage.Transcribe, ErrorCode.StageTimeout, "too slow", "Processing failed: too slow")]
    [InlineData(Stage.Translate, ErrorCode.TranslationFailed, "bad", "Processing failed: bad")]
    [InlineData(Stage.Translate, ErrorCode.TranslationFailed, "Processing failed: bad", "Processing failed: bad")]
    public void Write_AnyFailure_BeginsAsClientsExpect(Stage stage, ErrorCode code, string message, string expected)
    {
        var json = Write(new ErrorReply(Id, new StageFailure(stage, FailureKind.BadJob, code, message)));
        Assert.Equal(expected, JsonDocument.Parse(json.ToArray()).RootElement.GetProperty("message").GetString());
    }

    [Fact]
    public void EstimateLength_LongAudio_IsEnough()
    {
        var reply = Finished() with { TranslatedAudio = new EncodedAudio(new byte[50_000], AudioFormat.Wav) };
        Assert.InRange(Write(reply).Length, 50_000, ReplyWriter.EstimateLength(reply));
    }

    private static TranslationReply Finished()
    {
        var timings = new StageTimings();
        timings.Record(Stage.Intake, TimeSpan.Zero, TimeSpan.FromMilliseconds(1));
        timings.Record(Stage.Transcribe, TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(412.34567));
        timings.Record(Stage.Translate, TimeSpan.Zero, TimeSpan.FromMilliseconds(30));
        return new TranslationReply(
            Id, Spoken, new EncodedAudio(new byte[] { 1, 2, 3, 4 }, AudioFormat.OggOpus), null, false, "es", false, timings, 2);
    }

    private static ReadOnlySpan<byte> Write(Reply reply)
    {
        var output = new ArrayBufferWriter<byte>();
        ReplyWriter.Write(output, reply);
        return output.WrittenSpan;
    }
}
