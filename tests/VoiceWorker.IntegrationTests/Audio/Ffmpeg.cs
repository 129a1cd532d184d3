using System.Diagnostics;

namespace VoiceWorker.IntegrationTests.Audio;

/// <summary>Makes test files with ffmpeg: files on disk, so that any muxer works as phones and browsers use it.</summary>
internal static class Ffmpeg
{
    /// <summary>Runs ffmpeg and reads the file it wrote.</summary>
    /// <param name="extension">Of the file, which decides on its format.</param>
    /// <param name="arguments">Inputs and options, separated by spaces.</param>
    /// <param name="inputs">Files that the arguments name as <c>@0</c>, <c>@1</c> ….</param>
    public static async Task<byte[]> MakeAsync(string extension, string arguments, params byte[][] inputs)
    {
        var folder = Directory.CreateTempSubdirectory("voiceworker-test-");
        try
        {
            for (var i = 0; i < inputs.Length; i++)
                await File.WriteAllBytesAsync(Path.Combine(folder.FullName, $"in{i}"), inputs[i]);

            var output = Path.Combine(folder.FullName, $"out.{extension}");
            var words = arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(word => word.StartsWith('@') ? Path.Combine(folder.FullName, $"in{word[1..]}") : word);
            using var process = Process.Start("ffmpeg", ["-nostdin", "-loglevel", "error", "-y", .. words, output]);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(0, process.ExitCode);
            return await File.ReadAllBytesAsync(output, TestContext.Current.CancellationToken);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Input options for a mono tone of half full scale.</summary>
    public static string Tone(double seconds, int sampleRate = 48_000, int frequency = 440) =>
        string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"-f lavfi -i aevalsrc=0.5*sin(2*PI*{frequency}*t):s={sampleRate}:d={seconds}");
}
