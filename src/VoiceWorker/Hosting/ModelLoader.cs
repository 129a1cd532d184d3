using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.Host.Hosting;

/// <summary>Loads a local engine's speech model before the first job comes; a missing or broken one ends the start, with words.</summary>
internal sealed class ModelLoader(ISpeechRecognizer recognizer) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var status = await recognizer.CheckAsync(cancellationToken);
        if (!status.Ready)
            throw new EngineException(FailureKind.EngineDown, ErrorCode.EngineUnavailable, $"{recognizer.Name}: {status.Detail}. {status.Remedy}");
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
