using VoiceWorker.Contract.Jobs;
using VoiceWorker.Contract.Replies;
using VoiceWorker.Core.Jobs;
using VoiceWorker.Core.Pipeline;
using VoiceWorker.Core.Ports;
using VoiceWorker.Core.Telemetry;

namespace VoiceWorker.Core.Stages;

/// <summary>Speech to text.</summary>
internal sealed class TranscribeStage(ISpeechRecognizer recognizer, PipelineMetrics metrics, TimeProvider time) : IStage<DecodedAudio, Transcript>
{
    public Stage Stage => Stage.Transcribe;

    public async ValueTask<Transcript> RunAsync(JobContext context, DecodedAudio input, CancellationToken cancellationToken)
    {
        await context.ReportAsync(ProgressEvent.SpeechRecognition);
        var started = time.GetTimestamp();
        var transcript = await recognizer.RecognizeAsync(input, context.Job.SourceLanguage, context.Job.Model, cancellationToken);
        metrics.AudioSeconds.Inc(input.Duration.TotalSeconds);
        metrics.RealTimeFactor.Observe(time.GetElapsedTime(started) / input.Duration);
        await context.ReportAsync(ProgressEvent.SpeechRecognized, transcript.Text);
        return transcript;
    }
}
