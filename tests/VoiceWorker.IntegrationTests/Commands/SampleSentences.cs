using VoiceWorker.IntegrationTests.Deploy;

namespace VoiceWorker.IntegrationTests.Commands;

/// <summary>The recordings in <c>samples/</c>: what is said in them, and what comes back.</summary>
internal static class SampleSentences
{
    public static readonly (string File, string Heard, string Translation, string Speech, byte[] Magic)[] All =
    [
        ("en-1.wav", "where is the hospital", "Dónde es el hospital", "en-1.es.ogg", "OggS"u8.ToArray()),
        ("en-2.mp3", "the coffee is very hot", "El café es muy caliente", "en-2.es.mp3", "ID3"u8.ToArray()),
        ("en-3.ogg", "the house is very big", "La casa es muy grande", "en-3.es.ogg", "OggS"u8.ToArray()),
        ("es-1.webm", "busco un hotel barato", "I look for a cheap hotel", "es-1.en.ogg", "OggS"u8.ToArray()),
        ("es-2.m4a", "el hotel es muy caro", "The hotel is very expensive", "es-2.en.wav", "RIFF"u8.ToArray()),
        ("es-3.flac", "el café es muy caliente", "The coffee is very hot", "es-3.en.flac", "fLaC"u8.ToArray()),
    ];

    /// <summary>A jobs file that sends all of them.</summary>
    public static string Jobs => RepositoryFiles.PathOf("samples/demo.jsonl");

    /// <summary>Checks a command's <c>--json</c> output and the speech that it left.</summary>
    public static async Task AssertAllAsync(CommandRun run, string folder)
    {
        Assert.True(run.ExitCode == 0, run.Out + run.Error);
        foreach (var (file, heard, translation, speech, magic) in All)
        {
            var line = run.Lines[file];
            Assert.Equal((heard, translation), ((string?)line["original_text"], (string?)line["translated_text"]));
            Assert.Equal(magic, (await File.ReadAllBytesAsync(Path.Combine(folder, speech), TestContext.Current.CancellationToken))[..magic.Length]);
        }
    }
}
