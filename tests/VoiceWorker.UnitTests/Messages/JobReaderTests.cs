using System.Text;
using VoiceWorker.Core.Messages;

namespace VoiceWorker.UnitTests.Messages;

public sealed class JobReaderTests
{
    private static readonly JobReader Reader = new(new JobLimits { MaxBodyBytes = 4096, MaxTextBytes = 1024, MaxFieldBytes = 256 });

    [Fact]
    public void Read_ChatBackendsMessage_IsATextJob()
    {
        var job = Read("""{ "audio_data": null, "text": "Good \u006dorning", "source_lang": "en", "target_lang": "ES", "sender_id": "alice", "extra": { "a": [1] } }""");
        Assert.Equal(new TextInput("Good morning"), job.Input);
        Assert.Equal(("en", "es", "alice"), (job.SourceLanguage, job.TargetLanguage, job.SenderId));
        Assert.Equal((AudioFormat.OggOpus, false, false, 1), (job.ReplyFormat, job.WantsProgress, job.IncludeOriginalAudio, job.Attempt));
    }

    [Fact]
    public void Read_EveryOption_IsTaken()
    {
        var job = Read("""{"text":"hi","source_lang":"auto","target_lang":"es","sender_id":42,"message_id":"m-1","voice":"anna","audio_format":"audio/flac","progress":true,"include_original_audio":true,"model":"clinic"}""");
        Assert.Null(job.SourceLanguage);
        Assert.Equal("clinic", job.Model);
        Assert.Equal(("42", "m-1", "anna", AudioFormat.Flac), (job.SenderId, job.MessageId, job.Voice, job.ReplyFormat));
        Assert.True(job.WantsProgress && job.IncludeOriginalAudio);
    }

    [Fact]
    public void Read_Audio_LeavesTheBase64WhereItIs()
    {
        var body = Encoding.UTF8.GetBytes("""{"text":"both","audio_data":"AAECAw==","target_lang":"es"}""");
        var audio = Assert.IsType<AudioInput>(Reader.Read(body, default).Input);
        Assert.True(audio.IsBase64);
        Assert.Equal("AAECAw=="u8, audio.Data.Span);
        Assert.True(audio.Data.Span.Overlaps(body));
    }

    [Theory]
    [InlineData("""{"audio_data":"A\/8=","target_lang":"es"}""", "A/8=", null)]
    [InlineData("""{"audio_data":"data:audio/webm;codecs=opus;base64,AAEC","target_lang":"es"}""", "AAEC", "audio/webm;codecs=opus")]
    [InlineData("""{"audio_data":"data:audio\/ogg;base64,AAEC","target_lang":"es"}""", "AAEC", "audio/ogg")]
    public void Read_EscapedOrDataUrlAudio_YieldsTheBase64(string body, string base64, string? contentType)
    {
        var audio = Assert.IsType<AudioInput>(Read(body).Input);
        Assert.Equal((base64, contentType, true), (Encoding.ASCII.GetString(audio.Data.Span), audio.ContentType, audio.IsBase64));
    }

    [Theory]
    [InlineData("", ErrorCode.InvalidMessage, "Invalid message format: the body is not valid JSON")]
    [InlineData("{\"text\":\"a\"", ErrorCode.InvalidMessage, "Invalid message format: the body is not valid JSON")]
    [InlineData("{\"text\":\"a\",\"target_lang\":\"es\"} x", ErrorCode.InvalidMessage, "Invalid message format: the body is not valid JSON")]
    [InlineData("[]", ErrorCode.InvalidMessage, "Invalid message format: the body must be a JSON object, not an array")]
    [InlineData("null", ErrorCode.InvalidMessage, "Invalid message format: the body must be a JSON object, not null")]
    [InlineData("{}", ErrorCode.NoInput, "No audio or text data provided")]
    [InlineData("""{"text":"  ","audio_data":"","source_lang":"en"}""", ErrorCode.NoInput, "No audio or text data provided")]
    [InlineData("""{"text":"a"}""", ErrorCode.InvalidMessage, "Invalid message format: 'target_lang' is missing")]
    [InlineData("""{"text":"a","target_lang":"english"}""", ErrorCode.InvalidMessage, "Invalid message format: 'target_lang' must be an ISO 639-1 code such as 'es', not 'english'")]
    [InlineData("""{"text":"a","target_lang":"es","source_lang":"e1"}""", ErrorCode.InvalidMessage, "Invalid message format: 'source_lang' must be")]
    [InlineData("""{"text":"a","text":"b","target_lang":"es"}""", ErrorCode.InvalidMessage, "Invalid message format: 'text' is there twice")]
    [InlineData("""{"text":["a"],"target_lang":"es"}""", ErrorCode.InvalidMessage, "Invalid message format: 'text' must be a string, not an array")]
    [InlineData("""{"audio_data":{"a":1},"target_lang":"es"}""", ErrorCode.InvalidMessage, "Invalid message format: 'audio_data' must be a string, not an object")]
    [InlineData("""{"text":"a","target_lang":7}""", ErrorCode.InvalidMessage, "Invalid message format: 'target_lang' must be a string, not a number")]
    [InlineData("""{"text":"a","target_lang":"es","progress":"yes"}""", ErrorCode.InvalidMessage, "Invalid message format: 'progress' must be true or false, not a string")]
    [InlineData("""{"text":"a","target_lang":"es","audio_format":"audio/x"}""", ErrorCode.UnsupportedOption, "Invalid message format: 'audio_format' must be one of audio/ogg")]
    [InlineData("""{"text":"\ud800","target_lang":"es"}""", ErrorCode.InvalidMessage, "Invalid message format: a text in the body is not valid Unicode")]
    public void Read_BadMessage_SaysWhatIsWrong(string body, ErrorCode code, string beginning)
    {
        var failure = Assert.IsType<InvalidInput>(Read(body).Input).Failure;
        Assert.Equal((Stage.Intake, FailureKind.BadJob, code), (failure.Stage, failure.Kind, failure.Code));
        Assert.StartsWith(beginning, failure.Message);
    }

    [Fact]
    public void Read_BadField_KeepsTheIdThatComesLater()
    {
        var job = Read("""{"text":7,"target_lang":"es","message_id":"m-7"}""");
        Assert.IsType<InvalidInput>(job.Input);
        Assert.Equal(("m-7", "es"), (job.MessageId, job.TargetLanguage));
    }

    [Fact]
    public void Read_AbsurdDepth_IsRefused() =>
        Assert.IsType<InvalidInput>(Read("{\"x\":" + new string('[', 2000) + "}").Input);

    [Fact]
    public void Read_ByteOrderMark_IsIgnored() =>
        Assert.Equal(new TextInput("a"), Read("\uFEFF{\"text\":\"a\",\"target_lang\":\"es\"}").Input);

    [Fact]
    public void Read_BrokenUtf8_IsRefused()
    {
        byte[] body = [.. "{\"target_lang\":\"es\",\"text\":\""u8, 0xc3, .. "\"}"u8];
        Assert.IsType<InvalidInput>(Reader.Read(body, default).Input);
    }

    [Theory]
    [InlineData(4097, "the message has 4097 bytes, at most 4096")]
    [InlineData(2000, "'text' is longer than 1024 bytes")]
    public void Read_TooLarge_IsRefused(int length, string reason)
    {
        var json = """{"target_lang":"es","text":""}""";
        var failure = Assert.IsType<InvalidInput>(Read(json.Insert(json.Length - 2, new string('a', length - json.Length))).Input).Failure;
        Assert.Equal(ErrorCode.InputTooLarge, failure.Code);
        Assert.Contains(reason, failure.Message);
    }

    [Fact]
    public void Read_OverlongField_IsRefused() => Assert.Contains(
        "'voice' is longer than 256 bytes",
        Assert.IsType<InvalidInput>(Read($$"""{"text":"a","target_lang":"es","voice":"{{new string('v', 300)}}"}""").Input).Failure.Message);

    [Theory]
    [InlineData("gzip", "application/json", "content_encoding 'gzip'")]
    [InlineData(null, "text/plain", "content_type 'text/plain'")]
    public void Read_ForeignBody_SaysWhatIsAccepted(string? encoding, string type, string reason)
    {
        var job = Reader.Read("{}"u8.ToArray(), new JobProperties { ContentEncoding = encoding, ContentType = type });
        Assert.Contains(reason, Assert.IsType<InvalidInput>(job.Input).Failure.Message);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("application/json; charset=utf-8", "utf-8")]
    [InlineData("Application/JSON", "identity")]
    public void Read_JsonUnderItsNames_IsRead(string? type, string? encoding)
    {
        var body = """{"text":"a","target_lang":"es"}"""u8.ToArray();
        Assert.Equal(new TextInput("a"), Reader.Read(body, new JobProperties { ContentType = type, ContentEncoding = encoding }).Input);
    }

    private static VoiceJob Read(string body) => Reader.Read(Encoding.UTF8.GetBytes(body), default);
}
