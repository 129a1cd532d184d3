using Microsoft.ML.OnnxRuntime;

namespace VoiceWorker.Whisper.Onnx.Runtime;

/// <summary>ONNX Runtime's one environment per process, with one thread pool and one pool of memory that all sessions share.</summary>
internal static class OnnxEnvironment
{
    private static readonly Lock Gate = new();

    /// <summary>Creates the environment unless the process has one.</summary>
    /// <param name="threads">Threads that work on one run, the caller's included.</param>
    public static void EnsureCreated(int threads)
    {
        lock (Gate)
        {
            if (OrtEnv.IsCreated)
                return;

            // Spinning would burn the cores that the other stages need.
            using var threading = new OrtThreadingOptions { GlobalSpinControl = false, GlobalIntraOpNumThreads = threads, GlobalInterOpNumThreads = 1 };
            var options = new EnvironmentCreationOptions { logId = "whisper", logLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, threadOptions = threading };
            OrtEnv.CreateInstanceWithOptions(ref options);

            // One for all sessions: with one each, every layer of a network would keep what it once needed.
            using var memory = new OrtMemoryInfo(OrtMemoryInfo.allocatorCPU, OrtAllocatorType.ArenaAllocator, 0, OrtMemType.Default);
            using var arena = new OrtArenaCfg(maxMemory: 0, arenaExtendStrategy: -1, initialChunkSizeBytes: -1, maxDeadBytesPerChunk: -1);
            OrtEnv.Instance().CreateAndRegisterAllocator(memory, arena);
        }
    }

    /// <summary>Makes a session that runs on the shared threads.</summary>
    public static InferenceSession CreateSession(OnnxGraph graph) => CreateSession(graph.ToBytes());

    /// <summary>Makes a session that runs on the shared threads.</summary>
    /// <param name="model">An ONNX file's content.</param>
    public static InferenceSession CreateSession(byte[] model)
    {
        // The graphs are built of the operators that are fastest here; higher levels would fuse Add and LayerNormalization
        // into an operator that takes several times longer on a CPU.
        using var options = new SessionOptions
        {
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_BASIC,
        };
        options.DisablePerSessionThreads();
        options.AddSessionConfigEntry("session.use_env_allocators", "1");
        return new InferenceSession(model, options);
    }
}
