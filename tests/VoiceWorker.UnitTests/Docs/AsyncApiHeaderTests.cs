using System.Text.Json;
using Json.Schema;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Contract.Reading;

namespace VoiceWorker.UnitTests.Docs;

/// <summary>The schema of a raw job's headers accepts what the reader accepts.</summary>
public sealed class AsyncApiHeaderTests
{
    private static readonly JsonSchema Schema = AsyncApiDocument.Schema("JobAudioHeaders");
    private static readonly JobReader Reader = new(new JobLimits());

    private static readonly object?[] Values =
    [
        null, true, false, 0, 1, 7L, 1.0, 1.5, -5L, 255, 256, 1_800_000_000_000L, 1.8e12, new List<object?> { 1 }, new Dictionary<string, object?>(),
        "", " ", "es", "auto", "pt_br", "e1", "1", " 5 ", "True", "maybe", "AUDIO/WAV", "audio/x", "2027-01-15T08:00:00.123Z", "01/15/2027",
    ];

    // An unknown name of a language, which no pattern can tell from a known one.
    private static readonly string[] Differing = ["source_lang=True", "source_lang=maybe", "target_lang=True", "target_lang=maybe"];

    [Fact]
    public void JobAudioHeaders_AnyValueInAnyHeader_AreAcceptedAsByTheReader()
    {
        var differing = from field in JobFieldNames.All
                        from value in Values
                        let headers = new Dictionary<string, object?> { ["target_lang"] = "es", [field] = value }
                        where AsyncApiDocument.Accepts(Schema, JsonSerializer.SerializeToElement(headers)) != IsRead(headers)
                        select $"{field}={value}";
        Assert.Equal(Differing, differing.Order());
    }

    [Fact]
    public void JobAudioHeaders_NoTargetLanguage_AreRefused() => Assert.False(AsyncApiDocument.AcceptsText(Schema, "{}"));

    private static bool IsRead(Dictionary<string, object?> headers) =>
        Reader.Read(new byte[] { 1, 2, 3 }, new JobProperties { ContentType = "audio/ogg", Headers = headers }).Input is not InvalidInput;
}
