using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using VoiceWorker.Core.Ports;
using VoiceWorker.Whisper.Hosting;

namespace VoiceWorker.WhisperNet.Engine;

/// <summary>The <c>whisper.net</c> engine: whisper.cpp through Whisper.net.</summary>
/// <param name="options">Settings.</param>
/// <param name="logger">Gets whisper.cpp's own log.</param>
/// <param name="detector">Finds speech; null to go by its level.</param>
/// <param name="heartbeat">Is told that recordings move on; null for nobody.</param>
internal sealed class WhisperNetModelLoader(
    IOptionsMonitor<WhisperNetOptions> options, ILogger<WhisperNetModelLoader> logger, ISpeechDetector? detector = null, IHeartbeat? heartbeat = null) : ISpeechModelLoader, IDisposable
{
    private readonly IDisposable _nativeLog = NativeLog.Listen(logger);

    /// <inheritdoc />
    public string Name => WhisperNetEngine.Name;

    /// <inheritdoc />
    public string DefaultPath => options.CurrentValue.ModelPath;

    /// <inheritdoc />
    public string DefaultPathSetting => $"{WhisperNetOptions.Section}:{nameof(WhisperNetOptions.ModelPath)}";

    /// <inheritdoc />
    public ISpeechModel Load(string path) => WhisperNetModel.Load(path, options.CurrentValue, detector, heartbeat);

    public void Dispose() => _nativeLog.Dispose();
}
