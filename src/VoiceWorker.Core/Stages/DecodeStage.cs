using VoiceWorker.Contract.Jobs;
using VoiceWorker.Contract.Replies;
using VoiceWorker.Core.Jobs;
using VoiceWorker.Core.Pipeline;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.Core.Stages;

/// <summary>Any audio format to PCM.</summary>
internal sealed class DecodeStage(IAudioDecoder decoder) : IStage<AudioInput, DecodedAudio>
{
    public Stage Stage => Stage.Decode;

    public async ValueTask<DecodedAudio> RunAsync(JobContext context, AudioInput input, CancellationToken cancellationToken)
    {
        await context.ReportAsync(ProgressEvent.Started);
        await context.ReportAsync(ProgressEvent.DecodingAudio);
        return await decoder.DecodeAsync(input, cancellationToken);
    }
}
