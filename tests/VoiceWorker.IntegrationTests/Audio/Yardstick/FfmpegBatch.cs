using System.Diagnostics;
using System.Runtime.InteropServices;

namespace VoiceWorker.IntegrationTests.Audio.Yardstick;

/// <summary>ffmpeg, plain as anyone calls it, for many files with one process.</summary>
/// <param name="folder">Where files lie.</param>
internal sealed class FfmpegBatch(string folder)
{
    private const int FilesAtATime = 40;

    /// <summary>Writes files.</summary>
    /// <param name="inputs">Options and files to read.</param>
    /// <param name="outputs">Options and names of what to write.</param>
    public async Task EncodeAsync(string[] inputs, IReadOnlyList<(string[] Arguments, string File)> outputs)
    {
        string[] arguments = [.. inputs, .. outputs.SelectMany(output => (string[])[.. output.Arguments, PathOf(output.File)])];
        var (isGood, errors) = await RunAsync(arguments);
        Assert.True(isGood, $"ffmpeg could not write the files: {errors}");
    }

    /// <summary>Decodes recordings to 16 kHz mono.</summary>
    /// <returns>Null for each that ffmpeg finds nothing in.</returns>
    public async Task<float[]?[]> DecodeAsync(IReadOnlyList<Recording> recordings)
    {
        var decoded = new float[]?[recordings.Count];
        var batches = Enumerable.Range(0, recordings.Count).Chunk(FilesAtATime);
        await Parallel.ForEachAsync(batches, TestContext.Current.CancellationToken, async (batch, _) =>
        {
            foreach (var index in batch)
                await File.WriteAllBytesAsync(Input(recordings[index], index), recordings[index].Original, CancellationToken.None);
            await DecodeAsync(batch, recordings, decoded);
        });
        return decoded;
    }

    // A file that ffmpeg cannot open spoils its whole batch.
    private async Task DecodeAsync(int[] batch, IReadOnlyList<Recording> recordings, float[]?[] decoded)
    {
        var inputs = batch.SelectMany(index => (string[])["-i", Input(recordings[index], index)]);
        var outputs = batch.SelectMany((index, place) => (string[])["-map", $"{place}:a:0", "-ac", "1", "-ar", "16000", "-f", "s16le", PathOf($"{index}.pcm")]);
        if ((await RunAsync([.. inputs, .. outputs])).IsGood)
        {
            foreach (var index in batch)
            {
                var pcm = MemoryMarshal.Cast<byte, short>(await File.ReadAllBytesAsync(PathOf($"{index}.pcm"))).ToArray();
                decoded[index] = pcm.Length == 0 ? null : [.. pcm.Select(sample => sample / 32_768f)];
            }
        }
        else if (batch.Length > 1)
        {
            await DecodeAsync(batch[..(batch.Length / 2)], recordings, decoded);
            await DecodeAsync(batch[(batch.Length / 2)..], recordings, decoded);
        }
    }

    private string Input(Recording recording, int index) => PathOf($"{index}.{recording.Extension}");

    private string PathOf(string name) => Path.Combine(folder, name);

    private static async Task<(bool IsGood, string Errors)> RunAsync(string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("ffmpeg", ["-nostdin", "-y", "-loglevel", "error", .. arguments]) { RedirectStandardError = true })!;
        var errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode == 0, errors);
    }
}
