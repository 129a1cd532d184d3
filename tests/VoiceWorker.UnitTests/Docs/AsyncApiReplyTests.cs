using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Contract.Replies;

namespace VoiceWorker.UnitTests.Docs;

/// <summary>The schemas of replies accept what the worker writes, and nothing else.</summary>
public sealed class AsyncApiReplyTests
{
    private static readonly string[] ReplySchemas = ["TranslationComplete", "Error", "Progress"];

    [Fact]
    public void Replies_ApprovedByTheWritersTests_AreAccepted()
    {
        var files = Directory.GetFiles(Path.Combine(Folder(), "../Messages"), "*.approved.json");
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            using var json = JsonDocument.Parse(File.ReadAllText(file));
            if (json.RootElement.ValueKind == JsonValueKind.Array)
                Assert.All(json.RootElement.EnumerateArray(), AssertAccepted);
            else
                AssertAccepted(json.RootElement);
        }
    }

    [Fact]
    public void Replies_OfEveryKind_AreAccepted() => Assert.All(Replies(), reply => AssertAccepted(Written(reply)));

    [Fact]
    public void Replies_OfEveryKind_HaveEveryFieldOfTheSchemas()
    {
        var written = Replies().SelectMany(reply => Names(JsonNode.Parse(Written(reply).GetRawText()))).Distinct();
        var described = ReplySchemas.SelectMany(name => Described(AsyncApiDocument.Schemas[name])).Distinct();
        Assert.Equal(described.Order(), written.Order());
    }

    [Fact]
    public void Replies_WithAFieldMoreOrLess_AreRefused()
    {
        foreach (var reply in Replies().Select(reply => JsonNode.Parse(Written(reply).GetRawText())!.AsObject()))
        {
            foreach (var part in new[] { reply, reply["data"]!.AsObject() })
            {
                foreach (var name in part.Select(member => member.Key).ToList())
                {
                    var value = part[name];
                    part.Remove(name);
                    AssertRefused(reply);
                    part[name] = value;
                }

                part["more"] = 1;
                AssertRefused(reply);
                part.Remove("more");
            }
        }
    }

    [Fact]
    public void ErrorCode_IsTheCodesList() => Assert.Equal(Enum.GetValues<ErrorCode>().Select(WireNames.Of), ListOf("ErrorCode"));

    [Fact]
    public void Stage_IsTheCodesList() => Assert.Equal(Enum.GetValues<Stage>().Select(WireNames.Of), ListOf("Stage"));

    [Fact]
    public void ErrorCode_Description_NamesEachOne()
    {
        var description = AsyncApiDocument.Schemas["ErrorCode"]!["description"]!.GetValue<string>();
        Assert.All(ListOf("ErrorCode"), code => Assert.Contains($"`{code}`", description, StringComparison.Ordinal));
    }

    [Fact]
    public void ProcessingUpdate_Stages_AreThoseOfTheWriter()
    {
        var written = Replies().OfType<ProgressReply>().Select(reply => Written(reply).GetProperty("data")).Where(data => data.TryGetProperty("stage", out _)).Select(data => data.GetProperty("stage").GetString());
        var described = AsyncApiDocument.Schemas["ProcessingUpdate"]!["properties"]!["data"]!["properties"]!["stage"]!["enum"]!.AsArray().Select(stage => stage!.GetValue<string>());
        Assert.Equal(described, written);
    }

    private static IEnumerable<Reply> Replies()
    {
        var timings = new StageTimings();
        foreach (var stage in Enum.GetValues<Stage>())
            timings.Record(stage, TimeSpan.Zero, TimeSpan.FromMilliseconds(12.34567));
        var spoken = new Transcript("Hello, \"you\".", "en", [new(0, 1, "Hello,", 0.98765, [new(0, 0.5, "Hello,", 1)]), new(1, 2.5, "\"you\".")], TimeSpan.FromSeconds(2.5));
        var audio = new EncodedAudio(new byte[] { 1, 2, 0xff, 0xfb }, AudioFormat.OggOpus);
        var finished = new TranslationReply("job-1", new(spoken, "Hola, «tú».\n😀", "es"), audio, null, false, "es", false, timings, 1);
        var written = new Transcript("Hello", null, []);
        yield return finished;
        yield return finished with { TranslatedAudio = null, VoiceUsed = null, NeedsFallback = true };
        yield return finished with { Translation = new(written, "Hola", "haw"), Timings = new(), Attempt = 4 };
        yield return finished with { Translation = new(written with { Text = "" }, "", "es"), TranslatedAudio = null, VoiceUsed = null };
        yield return finished with { IncludesOriginalAudio = true, OriginalAudio = audio };
        yield return finished with { IncludesOriginalAudio = true, TranslatedAudio = null, OriginalAudio = audio, NeedsFallback = true };
        yield return finished with { IncludesOriginalAudio = true, TranslatedAudio = null };
        foreach (var format in Enum.GetValues<AudioFormat>().Except([AudioFormat.None]))
            yield return finished with { TranslatedAudio = new EncodedAudio(new byte[] { 1 }, format) };
        foreach (var progress in Enum.GetValues<ProgressEvent>())
            yield return new ProgressReply("job-1", progress, progress is ProgressEvent.SpeechRecognized or ProgressEvent.Translated ? "" : null);
        foreach (var code in Enum.GetValues<ErrorCode>())
        {
            foreach (var stage in Enum.GetValues<Stage>())
            {
                foreach (var kind in Enum.GetValues<FailureKind>())
                    yield return new ErrorReply("job-1", new(stage, kind, code, "what was wrong"));
            }
        }
    }

    private static JsonElement Written(Reply reply)
    {
        var output = new ArrayBufferWriter<byte>();
        ReplyWriter.Write(output, reply);
        using var json = JsonDocument.Parse(output.WrittenMemory);
        return json.RootElement.Clone();
    }

    private static void AssertAccepted(JsonElement reply) => AsyncApiDocument.AssertAccepts(SchemaOf(reply.GetProperty("type").GetString()), reply);

    private static void AssertRefused(JsonObject reply) =>
        Assert.DoesNotContain(ReplySchemas, name => AsyncApiDocument.AcceptsText(Schemas[name], reply.ToJsonString()));

    private static Json.Schema.JsonSchema SchemaOf(string? type) => type switch
    {
        "translation_complete" => Schemas["TranslationComplete"],
        "error" => Schemas["Error"],
        _ => Schemas["Progress"],
    };

    private static Dictionary<string, Json.Schema.JsonSchema> Schemas { get; } = ReplySchemas.ToDictionary(name => name, AsyncApiDocument.Schema);

    private static IEnumerable<string> Names(JsonNode? json) => AsyncApiDocument.Within(json).OfType<JsonObject>().SelectMany(part => part.Select(member => member.Key));

    private static IEnumerable<string> Described(JsonNode? schema) => AsyncApiDocument.Within(schema).OfType<JsonObject>().SelectMany(part => part["$ref"] is { } reference
        ? Described(AsyncApiDocument.Find(reference.GetValue<string>()))
        : (part["properties"] as JsonObject)?.Select(member => member.Key) ?? []);

    private static IEnumerable<string> ListOf(string schema) => AsyncApiDocument.Schemas[schema]!["enum"]!.AsArray().Select(value => value!.GetValue<string>());

    private static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
