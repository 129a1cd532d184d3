using System.Text;
using System.Text.Json.Nodes;
using Json.Schema;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Contract.Reading;
using VoiceWorker.UnitTests.Messages;

namespace VoiceWorker.UnitTests.Docs;

/// <summary>The schema of a job as JSON accepts what the reader accepts.</summary>
public sealed class AsyncApiJobTests
{
    private const string UnknownLanguage = "Which languages there are no pattern can say.";
    private const string SpellingOfNumbers = "In JSON Schema, 1 and 1.0 are the same number.";
    private const string HalfPair = "JSON parsers refuse half a surrogate pair; the reader mends it.";
    private const string Twice = "A parser shows a schema one of two members of the same name.";

    private static readonly JsonSchema Schema = AsyncApiDocument.Schema("JobJson");
    private static readonly JobReader Reader = new(new JobLimits());

    // Where the two may differ, and why.
    private static readonly Dictionary<string, string> Differing = new()
    {
        ["""{"text":"a","target_lang":"klingon"}"""] = UnknownLanguage,
        ["""{"text":"a","text":"b","target_lang":"es"}"""] = Twice,
        ["""{"message_id":"m-1","text":"a","text":"b","target_lang":"es"}"""] = Twice,
        ["""{"message_id":"m-1","text":"hi \ud83d","target_lang":"es"}"""] = HalfPair,
        ["""{"text":"\udc00\ud83d\ude00 \u00e9\ud800x\n\"\\","message_id":"m-1","target_lang":"es"}"""] = HalfPair,
        ["""{"\ud800":1,"text":"hi","message_id":"m-1","target_l\u0061ng":"es"}"""] = HalfPair,
    };

    private static readonly Dictionary<(string Field, string Value), string> DifferingValues = new()
    {
        [("source_lang", "\"TRUE\"")] = UnknownLanguage,
        [("source_lang", "\" false \"")] = UnknownLanguage,
        [("source_lang", "\"soon\"")] = UnknownLanguage,
        [("source_lang", "\"opus\"")] = UnknownLanguage,
        [("source_lang", "\"xx\"")] = UnknownLanguage,
        [("target_lang", "\"TRUE\"")] = UnknownLanguage,
        [("target_lang", "\" false \"")] = UnknownLanguage,
        [("target_lang", "\"soon\"")] = UnknownLanguage,
        [("target_lang", "\"opus\"")] = UnknownLanguage,
        [("target_lang", "\"xx\"")] = UnknownLanguage,
        [("progress", "1.0")] = SpellingOfNumbers,
        [("include_original_audio", "1.0")] = SpellingOfNumbers,
        [("priority", "1.0")] = SpellingOfNumbers,
        [("audio_format", "\"audio/ogg; codecs=vorbis\"")] = "The parameters are read, and not all are good.",
        [("deadline", "\"1e30\"")] = "How large a number in a text is no pattern can say.",
        [("deadline", "\"2027-02-30\"")] = "Which days there are no pattern can say.",
    };

    private static readonly string[] MoreBodies =
    [
        """{ "audio_data": null, "text": "Good \u006dorning", "source_lang": "en", "target_lang": "ES", "sender_id": "alice", "extra": { "a": [1] } }""",
        """{"text":"both","audio_data":"AAECAw==","target_lang":"es"}""",
        """{"audio_data":"AAECAw==","text":7,"target_lang":"es"}""",
        """{"audio_data":"","text":"a","target_lang":"es"}""",
        """{"audio_data":null,"text":null,"target_lang":"es"}""",
        """{"audio_data":"AAECAw=="}""",
        """{"target_lang":"es"}""",
    ];

    private static readonly string[] Values =
    [
        "null", "true", "false", "[]", """["a"]""", "{}", "0", "1", "5", "7", "1.0", "1.5", "-1", "255", "256", "1.8e9", "1800000000000", "4e27", "99999999999",
        "\"\"", "\" \"", "\"a\"", "\"es\"", "\"auto\"", "\" AUTO \"", "\"und\"", "\"pt_br\"", "\"en_US.UTF-8\"", "\"Norwegian Bokmål\"", "\"spa\"", "\"zh-Hant-TW\"", "\"e1\"", "\"xx\"",
        "\"1\"", "\" 5 \"", "\"005\"", "\"255\"", "\"256\"", "\"-1\"", "\"1.5\"", "\"TRUE\"", "\" false \"", "\"yes\"", "\"soon\"",
        "\"audio/ogg\"", "\"Audio/OGG; codecs=opus\"", "\"audio/ogg; codecs=vorbis\"", "\"MP3 \"", "\"audio/x\"", "\"opus\"", "\"audio/x-mpeg-3\"", "\"application/ogg\"",
        "\"2027-01-15T08:00:00Z\"", "\"2027-01-15 08:00\"", "\"2027-02-30\"", "\"9999-12-31T23:59:59Z\"", "\"01/15/2027\"", "\"1.8E+12\"", "\"1e30\"",
    ];

    [Fact]
    public void JobJson_SamplesOfTheReadersTests_AreAcceptedAsByTheReader()
    {
        var bodies = SampleBodies.Of(typeof(JobReaderTests)).Concat(SampleBodies.Of(typeof(JobReaderFuzzTests))).Concat(MoreBodies).ToList();
        Assert.InRange(bodies.Count, 30, int.MaxValue);
        Assert.Equal(Differing.Keys.Order(), bodies.Where(body => AsyncApiDocument.AcceptsText(Schema, body) != IsRead(body)).Distinct().Order());
    }

    [Fact]
    public void JobJson_AnyValueInAnyField_IsAcceptedAsByTheReader()
    {
        var differing = from field in JobFieldNames.All
                        from value in Values
                        let body = With(field, value)
                        where AsyncApiDocument.AcceptsText(Schema, body) != IsRead(body)
                        select (field, value);
        Assert.Equal(DifferingValues.Keys.Order(), differing.Order());
    }

    [Fact]
    public void JobJson_Examples_AreRead()
    {
        var examples = AsyncApiDocument.Messages["jobJson"]!["examples"]!.AsArray();
        Assert.NotEmpty(examples);
        Assert.All(examples, example => Assert.True(IsRead(example!["payload"]!.ToJsonString())));
    }

    [Fact]
    public void JobJson_OverlongTexts_AreRefused()
    {
        var limits = new JobLimits();
        Assert.False(AsyncApiDocument.AcceptsText(Schema, With("text", $"\"{new string('a', limits.MaxTextBytes + 1)}\"")));
        // Spaces, so that nothing but the length is wrong.
        var texts = JobFieldNames.All.Except(["audio_data", "text", "target_lang"]);
        Assert.All(texts, field => Assert.False(AsyncApiDocument.AcceptsText(Schema, With(field, $"\"{new string(' ', limits.MaxFieldBytes)}1\""))));
    }

    private static string With(string field, string value)
    {
        var body = new JsonObject { ["text"] = "a", ["target_lang"] = "es" };
        body[field] = JsonNode.Parse(value);
        return body.ToJsonString();
    }

    private static bool IsRead(string body) => Reader.Read(Encoding.UTF8.GetBytes(body), default).Input is not InvalidInput;
}
