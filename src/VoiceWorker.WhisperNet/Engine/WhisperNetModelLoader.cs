using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using VoiceWorker.Core.SpeechModels;

namespace VoiceWorker.WhisperNet.Engine;

/// <summary>The <c>whisper.net</c> engine: whisper.cpp through Whisper.net.</summary>
internal sealed class WhisperNetModelLoader(IOptionsMonitor<WhisperNetOptions> options, ILogger<WhisperNetModelLoader> logger) : ISpeechModelLoader, IDisposable
{
    private readonly IDisposable _nativeLog = NativeLog.Listen(logger);

    /// <inheritdoc />
    public string Name => WhisperNetEngine.Name;

    /// <inheritdoc />
    public string DefaultPath => options.CurrentValue.ModelPath;

    /// <inheritdoc />
    public string DefaultPathSetting => $"{WhisperNetOptions.Section}:{nameof(WhisperNetOptions.ModelPath)}";

    /// <inheritdoc />
    public ISpeechModel Load(string path) => WhisperNetModel.Load(path, options.CurrentValue);

    public void Dispose() => _nativeLog.Dispose();
}
