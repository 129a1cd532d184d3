using VoiceWorker.Core.Whisper;
using VoiceWorker.Engines.Whisper.Decoding;
using VoiceWorker.Engines.Whisper.Features;
using VoiceWorker.Engines.Whisper.Network;
using VoiceWorker.Engines.Whisper.Scheduling;

namespace VoiceWorker.Engines.Whisper;

/// <summary>A loaded model: features, network behind its scheduler, tokens.</summary>
internal sealed class WhisperModel(WhisperDimensions dimensions, LogMel logMel, Vocabulary vocabulary, BatchScheduler scheduler) : IAsyncDisposable
{
    /// <summary>The header.</summary>
    public WhisperDimensions Dimensions => dimensions;

    /// <summary>Special tokens.</summary>
    public WhisperTokens Tokens { get; } = new(dimensions.Vocabulary);

    /// <summary>Computes the input features.</summary>
    public LogMel LogMel => logMel;

    /// <summary>Text tokens.</summary>
    public Vocabulary Vocabulary => vocabulary;

    /// <summary>Runs the network.</summary>
    public BatchScheduler Scheduler => scheduler;

    /// <summary>Loads and verifies a model file.</summary>
    /// <exception cref="GgmlFormatException">Says what is wrong with the file.</exception>
    /// <exception cref="NotSupportedException">A quantization that this engine does not read.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static WhisperModel Load(string path, OnnxWhisperOptions options, ISchedulerMeter meter)
    {
        const int RowsPerText = 4;
        using var file = GgmlFile.Open(path);
        var contents = file.Contents;
        var threads = options.Threads == 0 ? Environment.ProcessorCount : options.Threads;
        Onnx.OnnxEnvironment.EnsureCreated(threads);
        var network = new WhisperNetwork(file, options.MaxBatch * RowsPerText, threads);
        return new(contents.Dimensions, new LogMel(contents.Filters), new Vocabulary(contents.Vocabulary), new BatchScheduler(network, options.MaxBatch, meter));
    }

    public ValueTask DisposeAsync() => scheduler.DisposeAsync();
}
