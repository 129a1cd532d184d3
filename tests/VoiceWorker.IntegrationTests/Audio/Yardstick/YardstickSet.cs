using System.Globalization;

namespace VoiceWorker.IntegrationTests.Audio.Yardstick;

/// <summary>Recordings of one second of speech, in every format that ffmpeg writes.</summary>
internal static class YardstickSet
{
    /// <summary>Makes a recording with each codec.</summary>
    /// <param name="folder">Where files lie.</param>
    /// <param name="random">Chooses rates and channels.</param>
    /// <param name="codecs">The codecs.</param>
    public static async Task<List<Recording>> EncodeAsync(string folder, Random random, IReadOnlyList<Codec> codecs)
    {
        var files = new List<(Codec Codec, int Channels, string Name, string File, string[] Arguments)>();
        foreach (var codec in codecs)
        {
            var (rate, channels) = (codec.Rates[random.Next(codec.Rates.Length)], codec.Channels[random.Next(codec.Channels.Length)]);
            var file = $"{files.Count}-made.{codec.Extension}";
            files.Add((codec, channels, $"{codec.Extension} {codec.Arguments[..Math.Min(codec.Arguments.Length, 90)]} {rate} Hz, {channels} channels", file, Arguments(codec, rate, channels)));
        }

        // Two voices for stereo; a voice that is on all channels beyond, since ffmpeg would mix others by its own rules.
        var ffmpeg = new FfmpegBatch(folder);
        string[] voices = ["-ss", "0.3", "-t", "1", "-i", Samples.Path("en-1.wav"), "-ss", "0.3", "-t", "1", "-i", Samples.Path("en-2.mp3")];
        await ffmpeg.EncodeAsync(voices, [(["-filter_complex", "[0:a]aresample=48000[l];[1:a]aresample=48000[r];[l][r]join=inputs=2:channel_layout=stereo"], "stereo.wav")]);
        foreach (var isWide in new[] { false, true })
            await File.WriteAllBytesAsync(AmrPath(folder, isWide), AmrSpeech.Make(random, isWide), TestContext.Current.CancellationToken);
        string[] inputs =
        [
            .. voices[..6], "-i", Path.Combine(folder, "stereo.wav"), "-f", "lavfi", "-t", "1", "-i", "testsrc=size=64x64:rate=5",
            "-i", AmrPath(folder, isWide: false), "-i", AmrPath(folder, isWide: true),
        ];
        var halves = files.Chunk((files.Count + 1) / 2);
        await Task.WhenAll(halves.Select(half => ffmpeg.EncodeAsync(inputs, [.. half.Select(file => (file.Arguments, file.File))])));

        var recordings = new List<Recording>();
        foreach (var file in files)
            recordings.Add(new(file.Name, file.Codec.Extension, file.Codec.Format, await File.ReadAllBytesAsync(Path.Combine(folder, file.File))) { AnyLevel = file.Channels > 2 });
        return recordings;
    }

    private static string[] Arguments(Codec codec, int rate, int channels)
    {
        string[] sound = channels switch
        {
            0 => [],
            1 => ["-map", "0:a"],
            2 => ["-map", "1:a"],
            _ => ["-map", "0:a", "-af", $"pan={Layout(channels)}|{string.Join('|', Enumerable.Range(0, channels).Select(channel => $"c{channel}=c0"))}"],
        };
        return [.. sound, "-ar", rate.ToString(CultureInfo.InvariantCulture), .. codec.Arguments.Split(' ')];
    }

    private static string AmrPath(string folder, bool isWide) => Path.Combine(folder, isWide ? "wide.amr" : "narrow.amr");

    private static string Layout(int channels) => channels switch { 3 => "3.0", 4 => "4.0", 6 => "5.1", _ => "7.1" };
}
