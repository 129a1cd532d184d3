using VoiceWorker.Contract.Jobs;
using VoiceWorker.Contract.Replies;
using VoiceWorker.Core.Jobs;

namespace VoiceWorker.Core.Ports;

/// <summary>Makes an audio file of speech.</summary>
public interface IAudioEncoder : IEngine
{
    /// <summary>Encodes speech.</summary>
    /// <param name="speech">16-bit mono PCM.</param>
    /// <param name="format">Any but <see cref="AudioFormat.None"/>.</param>
    /// <param name="cancellationToken">Ends the work, the child process included.</param>
    /// <exception cref="EngineException">The codec failed.</exception>
    ValueTask<EncodedAudio> EncodeAsync(Speech speech, AudioFormat format, CancellationToken cancellationToken);

    /// <summary>Makes Opus in Ogg, the smallest format, of an audio file that this encoder has made.</summary>
    /// <exception cref="EngineException">The codec failed.</exception>
    ValueTask<EncodedAudio> RecodeToOpusAsync(EncodedAudio audio, CancellationToken cancellationToken);
}
