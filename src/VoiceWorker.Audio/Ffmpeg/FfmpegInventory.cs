using System.Text;
using Microsoft.Extensions.Options;
using VoiceWorker.Audio.Processes;
using VoiceWorker.Audio.Sniffing;
using VoiceWorker.Audio.Wav;
using VoiceWorker.Core.Jobs;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.Audio.Ffmpeg;

/// <summary>What the installed ffmpeg can do. Asked once; a good answer is kept until a job finds that it does not hold any more.</summary>
internal sealed class FfmpegInventory(ChildProcessRunner runner, IOptions<AudioOptions> options)
{
    private static readonly string[] NeededDecoders = ["opus", "vorbis", "mp3float", "aac", "flac", "amrnb", "amrwb", "speex"];
    private static readonly string[] NeededEncoders = ["libopus", "libmp3lame", "flac"];

    private volatile EngineStatus? _decoders;
    private volatile EngineStatus? _encoders;

    /// <summary>Whether every accepted format can be decoded.</summary>
    public async ValueTask<EngineStatus> CheckDecodersAsync(CancellationToken cancellationToken) =>
        _decoders is { Ready: true } good ? good : _decoders = await CheckAsync("-decoders", NeededDecoders, cancellationToken);

    /// <summary>Whether every reply format can be encoded.</summary>
    public async ValueTask<EngineStatus> CheckEncodersAsync(CancellationToken cancellationToken) =>
        _encoders is { Ready: true } good ? good : _encoders = await CheckAsync("-encoders", NeededEncoders, cancellationToken);

    /// <summary>Makes the next question a real one.</summary>
    public void Forget() => (_decoders, _encoders) = (null, null);

    private async Task<EngineStatus> CheckAsync(string list, string[] needed, CancellationToken cancellationToken)
    {
        var version = await AskAsync(["-hide_banner", "-version"], cancellationToken);
        if ((version.Failure ?? await TryAsync(cancellationToken)) is { } failure)
            return new EngineStatus(false, failure, FfmpegFailure.Remedy);

        var known = (await AskAsync(["-hide_banner", "-loglevel", "error", list], cancellationToken)).Text
            .Split('\n')
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words.Length > 1)
            .Select(words => words[1])
            .ToHashSet(StringComparer.Ordinal);
        var missing = needed.Where(name => !known.Contains(name)).ToList();
        var name = string.Join(' ', version.Text.Split(' ', 4).Take(3));
        return missing.Count == 0
            ? new EngineStatus(true, $"{name}; {list[1..]}: {string.Join(", ", needed)}; {(NetworkIsolation.IsOn ? "without" : "with")} network")
            : new EngineStatus(false, $"{name} lacks the {list[1..]} {string.Join(", ", missing)}", "Install a full build: apt-get install ffmpeg.");
    }

    // A job's own command line and limits, with the shortest of recordings.
    private async Task<string?> TryAsync(CancellationToken cancellationToken) =>
        (await AskAsync(FfmpegArguments.Decode(AudioContainers.Wav, options.Value), cancellationToken, WavWriter.Write(new byte[640], DecodedAudio.SampleRate))).Failure;

    private async Task<(string Text, string? Failure)> AskAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken, params ReadOnlyMemory<byte>[] input)
    {
        using var result = await runner.RunAsync(
            new ChildProcessRequest(options.Value.FfmpegPath, arguments)
            {
                Input = input,
                Timeout = options.Value.ProcessTimeout,
                MaxOutputBytes = 1024 * 1024,
                MaxMemoryBytes = options.Value.ProcessMemoryMiB * 1024L * 1024L,
            },
            cancellationToken);
        return result.Succeeded
            ? (Encoding.UTF8.GetString(result.Output.Span), null)
            : ("", $"{options.Value.FfmpegPath} does not run, it {result.Ending}: {result.ErrorLine}");
    }
}
