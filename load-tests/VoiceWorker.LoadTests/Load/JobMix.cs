using System.Text;
using System.Text.Json;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Contract.Reading;

namespace VoiceWorker.LoadTests.Load;

/// <summary>The jobs of a scenario, taken in turn: JSON bodies, as most producers send them.</summary>
internal sealed class JobMix
{
    private const int WavHeader = 44;

    private static readonly string[] Speech = ["en-1.wav", "en-3.ogg", "es-1.webm", "es-2.m4a", "es-3.flac", "en-2.mp3"];

    private static readonly int[] Lengths = [1, 1, 3, 1, 8];

    private readonly List<byte[]> _bodies;
    private readonly JobReader _reader = new(new JobLimits());

    private JobMix(IEnumerable<byte[]> bodies) => _bodies = [.. bodies];

    /// <summary>The names of all mixes.</summary>
    public static IReadOnlyList<string> Names { get; } = ["speech", "mixed-lengths", "text", "huge", "tiny"];

    /// <summary>
    /// Makes the jobs: <c>speech</c>, six recorded sentences in six formats; <c>mixed-lengths</c>, a sentence said once,
    /// three times or eight times; <c>text</c>, written sentences, each another one; <c>huge</c>, 8 MB of audio with the
    /// sentence at its end; <c>tiny</c>, 1 KB for engines that do not look at it.
    /// </summary>
    public static JobMix Load(string name) => name switch
    {
        "speech" => new(Speech.Select(file => Spoken(File.ReadAllBytes(Sample(file)), file[..2]))),
        "mixed-lengths" => new(Lengths.Select(times => Spoken(Repeat(File.ReadAllBytes(Sample("en-1.wav")), times, 0), "en"))),
        "text" => new(Enumerable.Range(0, 200).Select(i => Json(new { text = $"The house number {i} is big.", source_lang = "en", target_lang = "es" }))),
        "huge" => new([Spoken(Repeat(File.ReadAllBytes(Sample("en-1.wav")), 1, 8_000_000), "en")]),
        "tiny" => new([Spoken(new byte[900], "en")]),
        _ => throw new ArgumentException($"No jobs are called '{name}'; there are {string.Join(", ", Names)}.", nameof(name)),
    };

    /// <summary>A job's body.</summary>
    public ReadOnlyMemory<byte> Body(int job) => _bodies[job % _bodies.Count];

    /// <summary>The same job, as the worker reads it.</summary>
    public VoiceJob Read(int job) => _reader.Read(Body(job), new JobProperties { ContentType = "application/json", MessageId = $"{job}", Attempt = 1 });

    private static byte[] Spoken(byte[] audio, string language) =>
        Json(new { audio_data = Convert.ToBase64String(audio), source_lang = language, target_lang = language == "en" ? "es" : "en" });

    private static byte[] Json<T>(T job) => Encoding.UTF8.GetBytes(JsonSerializer.Serialize(job));

    /// <summary>A WAV file said several times, with so many bytes of silence before it.</summary>
    private static byte[] Repeat(byte[] wav, int times, int silence)
    {
        var samples = wav.AsSpan(WavHeader);
        var longer = new byte[WavHeader + silence + (samples.Length * times)];
        wav.AsSpan(0, WavHeader).CopyTo(longer);
        for (var i = 0; i < times; i++)
            samples.CopyTo(longer.AsSpan(WavHeader + silence + (i * samples.Length)));
        BitConverter.TryWriteBytes(longer.AsSpan(4), longer.Length - 8);
        BitConverter.TryWriteBytes(longer.AsSpan(40), longer.Length - WavHeader);
        return longer;
    }

    private static string Sample(string file) => Path.Combine(Repository.Root, "samples", file);
}
