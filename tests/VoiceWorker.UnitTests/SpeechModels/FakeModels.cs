using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Jobs;
using VoiceWorker.Core.Ports;
using VoiceWorker.Whisper.Hosting;

namespace VoiceWorker.UnitTests.SpeechModels;

/// <summary>An engine whose models say what is in their file; a file that says <c>broken</c> cannot be loaded.</summary>
internal sealed class FakeModels : ISpeechModelLoader
{
    private readonly Lock _lock = new();
    private readonly List<string> _events = [];

    public string Name => "fake";

    public required string DefaultPath { get; set; }

    public string DefaultPathSetting => "Stt:Fake:ModelPath";

    /// <summary>Jobs end when it does.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>What was loaded and unloaded, in order.</summary>
    public string[] Events
    {
        get
        {
            lock (_lock)
                return [.. _events];
        }
    }

    public ISpeechModel Load(string path)
    {
        var text = File.Exists(path) ? File.ReadAllText(path) : "broken";
        if (text == "broken")
            throw new EngineException(FailureKind.EngineDown, ErrorCode.EngineUnavailable, $"{path} is broken");
        Note($"+{text}");
        return new Model(this, text);
    }

    private void Note(string text)
    {
        lock (_lock)
            _events.Add(text);
    }

    private sealed class Model(FakeModels owner, string text) : ISpeechModel
    {
        public string Description => text;

        public async Task<Transcript> RecognizeAsync(DecodedAudio audio, string? language, CancellationToken cancellationToken)
        {
            await owner.Gate.WaitAsync(cancellationToken);
            return new Transcript(text, language, []);
        }

        public ValueTask DisposeAsync()
        {
            owner.Note($"-{text}");
            return ValueTask.CompletedTask;
        }
    }
}
