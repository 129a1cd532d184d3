using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using VoiceWorker.Audio;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Jobs;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.SttLoadTests;

/// <summary>Speech to be written down.</summary>
/// <param name="Name">The file's.</param>
/// <param name="Language">ISO 639-1 code, from the file's name.</param>
/// <param name="Samples">Mono float32 PCM at 16 kHz.</param>
internal sealed record Recording(string Name, string Language, float[] Samples)
{
    public TimeSpan Duration => TimeSpan.FromSeconds((double)Samples.Length / DecodedAudio.SampleRate);

    /// <summary>The repository's samples, decoded as the worker decodes them.</summary>
    public static async Task<IReadOnlyList<Recording>> ReadSamplesAsync(CancellationToken cancellationToken)
    {
        await using var services = new ServiceCollection().AddLogging().AddAudioCodecs(new ConfigurationBuilder().Build()).BuildServiceProvider();
        var decoder = services.GetRequiredService<IAudioDecoder>();
        var recordings = new List<Recording>();
        foreach (var file in Directory.EnumerateFiles(Repository.Samples).Where(f => Path.GetFileName(f).StartsWith("en-", StringComparison.Ordinal) || Path.GetFileName(f).StartsWith("es-", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var audio = await decoder.DecodeAsync(new AudioInput(await File.ReadAllBytesAsync(file, cancellationToken)), cancellationToken);
            recordings.Add(new(Path.GetFileName(file), Path.GetFileName(file)[..2], audio.Samples.ToArray()));
        }

        return recordings;
    }

    /// <summary>One recording after the other, again and again, for so many seconds.</summary>
    public static Recording Join(IReadOnlyList<Recording> parts, int seconds)
    {
        var samples = new float[seconds * DecodedAudio.SampleRate];
        for (int at = 0, part = 0; at < samples.Length; part++)
        {
            var source = parts[part % parts.Count].Samples;
            var length = Math.Min(source.Length, samples.Length - at);
            source.AsSpan(0, length).CopyTo(samples.AsSpan(at));
            at += length;
        }

        return new($"{seconds} s", parts[0].Language, samples);
    }
}
