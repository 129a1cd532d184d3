using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Jobs;

namespace VoiceWorker.Core.Ports;

/// <summary>Turns an audio file of any format into samples for speech recognition.</summary>
public interface IAudioDecoder : IEngine
{
    /// <summary>Guesses the work that an audio file makes, from its header and its size; good enough to decide who goes first.</summary>
    /// <param name="audio">The file's bytes (or their base64 text).</param>
    /// <returns>How long speech plays that makes as much work: as long as the file, or longer where decoding it is costly. Zero for what is no audio.</returns>
    TimeSpan EstimateDuration(AudioInput audio);

    /// <summary>Decodes to mono float32 PCM at 16 kHz.</summary>
    /// <param name="audio">The file's bytes (or their base64 text).</param>
    /// <param name="cancellationToken">Ends the work, native work included.</param>
    /// <returns>The samples, to be disposed by the caller.</returns>
    /// <exception cref="EngineException">The audio is damaged, of an unknown format or beyond a limit; or a codec failed.</exception>
    ValueTask<DecodedAudio> DecodeAsync(AudioInput audio, CancellationToken cancellationToken);
}
