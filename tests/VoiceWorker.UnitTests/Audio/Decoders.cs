using Microsoft.Extensions.Options;
using VoiceWorker.Audio;
using VoiceWorker.Audio.Ffmpeg;
using VoiceWorker.Audio.Processes;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Jobs;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.UnitTests.Audio;

/// <summary>A decoder whose ffmpeg does not exist: what it decodes, it decodes in process.</summary>
internal static class Decoders
{
    public static AudioDecoder InProcess(AudioOptions? options = null)
    {
        var settings = options ?? new AudioOptions();
        settings.FfmpegPath = "/nonexistent/ffmpeg";
        var wrapped = Options.Create(settings);
        var runner = new ChildProcessRunner(TimeProvider.System);
        var inventory = new FfmpegInventory(runner, wrapped);
        return new AudioDecoder(new FfmpegDecoder(runner, inventory, wrapped), inventory, wrapped);
    }

    public static Task<DecodedAudio> DecodeAsync(byte[] file, AudioOptions? options = null) =>
        InProcess(options).DecodeAsync(new AudioInput(file), TestContext.Current.CancellationToken).AsTask();

    public static async Task<EngineException> FailureAsync(byte[] file, AudioOptions? options = null) =>
        await Assert.ThrowsAsync<EngineException>(() => DecodeAsync(file, options));

    public static async Task AssertLeftToFfmpegAsync(string what, byte[] file)
    {
        var failure = await FailureAsync(file);
        Assert.True(failure.Code == ErrorCode.EngineUnavailable, $"{what}: {failure.Message}");
    }
}
