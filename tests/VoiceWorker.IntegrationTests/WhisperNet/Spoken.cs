using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using CliWrap;
using VoiceWorker.Core.Jobs;
using VoiceWorker.Core.Pooling;

namespace VoiceWorker.IntegrationTests.WhisperNet;

/// <summary>Speech of espeak-ng, brought to 16 kHz by ffmpeg.</summary>
internal static class Spoken
{
    /// <summary>Sentences of the demo model's small vocabulary.</summary>
    public static readonly IReadOnlyList<(string Language, string Text)> Sentences =
    [
        ("en", "where is the hospital"), ("en", "i need a doctor for my son"), ("en", "the water is very cold"),
        ("en", "can you call the nurse today"), ("en", "hello how are you today"), ("en", "thanks goodbye"),
        ("en", "i have a headache and she have a fever"), ("en", "please open my bag"), ("en", "when is the doctor appointment"),
        ("en", "do you have hot coffee"), ("en", "we buy two tickets and three milk"),
        ("es", "dónde es la estación"), ("es", "hola tengo una cita"), ("es", "por favor mi medicina"),
        ("es", "el coche es muy rápido"), ("es", "necesito un doctor para mi hija"), ("es", "compro dos pescado y cinco pan"),
        ("es", "gracias adiós"), ("es", "no veo el perro hoy"), ("es", "sí por favor"), ("es", "cuándo es la cita"),
    ];

    private static readonly ConcurrentDictionary<(string Language, string Text), Lazy<Task<float[]>>> Said = new();

    /// <summary>Speaks a text, once for all tests.</summary>
    /// <param name="language">An espeak-ng voice; <c>en</c> is spoken as the model learnt it, American.</param>
    /// <param name="text">What to say.</param>
    /// <returns>Mono float32 PCM at 16 kHz with the values of 16-bit PCM, so that a WAV file can hold the same.</returns>
    public static async Task<float[]> SayAsync(string language, string text) =>
        [.. await Said.GetOrAdd((language, text), said => new(() => SpeakAsync(said.Language, said.Text))).Value];

    /// <summary>Samples as the decode stage hands them on.</summary>
    public static DecodedAudio ToAudio(ReadOnlySpan<float> samples)
    {
        var memory = new PooledMemory<float>(Math.Max(1, samples.Length));
        samples.CopyTo(memory.Memory.Span);
        return new DecodedAudio(memory, samples.Length, "wav");
    }

    private static async Task<float[]> SpeakAsync(string language, string text)
    {
        var pcm = new MemoryStream();
        var speak = Cli.Wrap("espeak-ng").WithArguments(["-v", language == "en" ? "en-us" : language, "-s", "150", "--stdout", text]);
        var convert = Cli.Wrap("ffmpeg").WithArguments(
            ["-v", "error", "-f", "wav", "-i", "pipe:0", "-ar", "16000", "-ac", "1", "-f", "s16le", "pipe:1"]);
        await (speak | convert | pcm).ExecuteAsync(CancellationToken.None);
        return Array.ConvertAll(MemoryMarshal.Cast<byte, short>(pcm.ToArray()).ToArray(), sample => sample / 32768f);
    }
}
