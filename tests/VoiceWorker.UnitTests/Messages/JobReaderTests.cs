using System.Text;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Contract.Reading;

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
    [InlineData("""{"text":"a","target_lang":"klingon"}""", ErrorCode.InvalidMessage, "Invalid message format: 'target_lang' must be a language such as 'es', 'pt-BR' or 'spa' (BCP 47), not 'klingon'")]
    [InlineData("""{"text":"a","target_lang":"auto"}""", ErrorCode.InvalidMessage, "Invalid message format: 'target_lang' must be a language such as 'es', 'pt-BR' or 'spa' (BCP 47), not 'auto'")]
    [InlineData("""{"text":"a","target_lang":"es","source_lang":"e1"}""", ErrorCode.InvalidMessage, "Invalid message format: 'source_lang' must be a language such as 'es', 'pt-BR' or 'spa' (BCP 47), or 'auto', not 'e1'")]
    [InlineData("""{"text":"a","text":"b","target_lang":"es"}""", ErrorCode.InvalidMessage, "Invalid message format: 'text' is there twice")]
    [InlineData("""{"text":["a"],"target_lang":"es"}""", ErrorCode.InvalidMessage, "Invalid message format: 'text' must be a string, not an array")]
    [InlineData("""{"audio_data":{"a":1},"target_lang":"es"}""", ErrorCode.InvalidMessage, "Invalid message format: 'audio_data' must be a string of base64, not an object")]
    [InlineData("""{"text":"a","target_lang":7}""", ErrorCode.InvalidMessage, "Invalid message format: 'target_lang' must be a language such as 'es', 'pt-BR' or 'spa' (BCP 47), not '7'")]
    [InlineData("""{"text":7,"target_lang":"es"}""", ErrorCode.InvalidMessage, "Invalid message format: 'text' must be a string, not the number 7")]
    [InlineData("""{"text":"a","target_lang":{"code":"es"}}""", ErrorCode.InvalidMessage, "Invalid message format: 'target_lang' must be a language such as 'es', 'pt-BR' or 'spa' (BCP 47), not an object")]
    [InlineData("""{"text":"a","target_lang":"es","sender_id":true}""", ErrorCode.InvalidMessage, "Invalid message format: 'sender_id' must be a string or a number, not true")]
    [InlineData("""{"text":"a","target_lang":"es","priority":"high"}""", ErrorCode.InvalidMessage, "Invalid message format: 'priority' must be a whole number from 0 to 9, not 'high'")]
    [InlineData("""{"text":"a","target_lang":"es","deadline":"soon"}""", ErrorCode.InvalidMessage, "Invalid message format: 'deadline' must be a moment, in milliseconds since 1970-01-01 UTC or as in 2026-01-31T12:00:00Z, not 'soon'")]
    [InlineData("""{"text":"a","target_lang":"es","progress":"yes"}""", ErrorCode.InvalidMessage, "Invalid message format: 'progress' must be true or false, not 'yes'")]
    [InlineData("""{"text":"a","target_lang":"es","audio_format":"audio/x"}""", ErrorCode.UnsupportedOption, "Invalid message format: 'audio_format' must be one of audio/ogg")]
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
    public void Read_BrokenUtf8_IsRefusedInWordsWithTheId()
    {
        byte[] body = [.. "{\"target_lang\":\"es\",\"text\":\"Qu"u8, 0xe9, .. " tal\",\"message_id\":\"m-1\"}"u8];
        var job = Reader.Read(body, default);
        Assert.Contains("'text' is not valid UTF-8; send UTF-8, or name the character set", Assert.IsType<InvalidInput>(job.Input).Failure.Message);
        Assert.Equal("m-1", job.MessageId);
    }

    [Theory]
    // A text cut in the middle of an emoji.
    [InlineData("""{"message_id":"m-1","text":"hi \ud83d","target_lang":"es"}""", "hi \ufffd")]
    [InlineData("""{"text":"\udc00\ud83d\ude00 \u00e9\ud800x\n\"\\","message_id":"m-1","target_lang":"es"}""", "\ufffd😀 é\ufffdx\n\"\\")]
    [InlineData("""{"\ud800":1,"text":"hi","message_id":"m-1","target_l\u0061ng":"es"}""", "hi")]
    [InlineData("""{"text":"a\u0000b\u001b[31mc\td\u0085","message_id":"m-1","target_lang":"es"}""", "a b [31mc\td\u0085")]
    public void Read_OddCharacters_AreReplaced(string body, string text)
    {
        var job = Read(body);
        Assert.Equal((new TextInput(text), "m-1", "es"), (job.Input, job.MessageId, job.TargetLanguage));
    }

    [Theory]
    [InlineData("""{"message_id":"m-1","text":"a" "target_lang":"es"}""")]
    [InlineData("""{"text":"a" "target_lang":"es","message_id" : "m-1"}""")]
    [InlineData("""{"text":NaN,"message_id":"m-1","target_lang":"es"}""")]
    [InlineData("""{"text":"say \"message_id\":\"no\"","x":NaN,"message_id":"m-1"}""")]
    [InlineData("""{"message_id":"m-1","text":"a""")]
    [InlineData("""{"message_id":"m-1","text":"a","text":"b","target_lang":"es"}""")]
    public void Read_BrokenJson_KeepsTheId(string body)
    {
        var job = Read(body);
        Assert.IsType<InvalidInput>(job.Input);
        Assert.Equal("m-1", job.MessageId);
    }

    [Theory]
    [InlineData("""{"text":"a","target_lang":"es","progress":"true","include_original_audio":"1","priority":"5","message_id":7,"deadline":"1800000000000"}""")]
    [InlineData("""{"text":"a","target_lang":"es","progress":1,"include_original_audio":"TRUE","priority":5,"message_id":"7","deadline":1.8e9}""")]
    [InlineData("""{"text":"a","target_lang":"es","progress":true,"include_original_audio":true,"priority":" 5 ","message_id":7,"deadline":"2027-01-15T08:00:00Z","voice":null,"model":null}""")]
    public void Read_ValuesAsOtherSerializersWriteThem_AreUnderstood(string body)
    {
        var job = Read(body);
        Assert.IsType<TextInput>(job.Input);
        Assert.Equal((true, true, 5, "7"), (job.WantsProgress, job.IncludeOriginalAudio, job.Priority, job.MessageId));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1_800_000_000), job.Deadline);
    }

    [Theory]
    [InlineData("AUTO", null, null)]
    [InlineData(" Auto ", null, null)]
    [InlineData("und", null, null)]
    [InlineData("en-US", "en", "en-US")]
    [InlineData("eng", "en", null)]
    [InlineData("english", "en", null)]
    [InlineData("iw", "he", null)]
    [InlineData("nb", "no", null)]
    public void Read_SourceLanguage_IsReadAsBcp47(string wire, string? language, string? variant)
    {
        var job = Read($$"""{"text":"a","source_lang":"{{wire}}","target_lang":"pt_br"}""");
        Assert.Equal((language, variant), (job.SourceLanguage, job.SourceVariant));
        Assert.Equal(("pt", "pt-BR"), (job.TargetLanguage, job.TargetVariant));
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

    private static VoiceJob Read(string body) => Reader.Read(Encoding.UTF8.GetBytes(body), default);
}
