using VoiceWorker.Whisper.Ggml;
using VoiceWorker.Whisper.Onnx.Decoding;
using VoiceWorker.Whisper.Onnx.Features;
using VoiceWorker.Whisper.Onnx.Network;
using VoiceWorker.Whisper.Onnx.Runtime;
using VoiceWorker.Whisper.Onnx.Scheduling;
using VoiceWorker.Whisper.Tokens;

namespace VoiceWorker.Whisper.Onnx;

/// <summary>A loaded model: features, network behind its scheduler, tokens.</summary>
internal sealed class WhisperModel(WhisperDimensions dimensions, LanguageChoice languages, LogMel logMel, Vocabulary vocabulary, BatchScheduler scheduler) : IAsyncDisposable
{
    /// <summary>The header.</summary>
    public WhisperDimensions Dimensions => dimensions;

    /// <summary>Special tokens.</summary>
    public WhisperTokens Tokens { get; } = new(dimensions.Vocabulary);

    /// <summary>Languages that may be spoken.</summary>
    public LanguageChoice Languages => languages;

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
        const int PromptRows = 4;
        using var file = GgmlFile.Open(path);
        var contents = file.Contents;
        var languages = new LanguageChoice(new WhisperTokens(contents.Dimensions.Vocabulary), options.Languages);
        CheckSize(contents, options.Precision);
        var threads = options.Threads == 0 ? Environment.ProcessorCount : options.Threads;
        OnnxEnvironment.EnsureCreated(threads);
        var network = new WhisperNetwork(file, options.Precision, options.MaxBatch, options.MaxBatch * Math.Max(PromptRows, options.BeamSize), threads);
        // Loading leaves several times the model's size behind as garbage.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return new(contents.Dimensions, languages, new LogMel(contents.Filters), new Vocabulary(contents.Vocabulary), new BatchScheduler(network, options.MaxBatch, meter, TimeProvider.System));
    }

    // A graph and its weights are handed over in one array.
    private static void CheckSize(GgmlContents contents, WhisperPrecision precision)
    {
        var encoder = contents.Tensors.Values.Where(tensor => tensor.Name.StartsWith("encoder.", StringComparison.Ordinal)).Sum(tensor => (long)tensor.Count);
        if (precision == WhisperPrecision.Full && encoder * sizeof(float) > Array.MaxLength)
            throw new NotSupportedException($"its encoder has {encoder / 1e6:f0} million weights, more than the engine takes in full precision; set {OnnxWhisperOptions.Section}:{nameof(OnnxWhisperOptions.Precision)} to {WhisperPrecision.EightBit}, or use Whisper.net");
    }

    public ValueTask DisposeAsync() => scheduler.DisposeAsync();
}
