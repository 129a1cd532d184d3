using VoiceWorker.Core.Messages;
using VoiceWorker.Core.Ports;
using VoiceWorker.Core.Whisper;
using Whisper.net;
using Whisper.net.LibraryLoader;

namespace VoiceWorker.WhisperNet.Engine;

/// <summary>A model in memory: one factory and its processors.</summary>
internal sealed class LoadedModel : IAsyncDisposable
{
    private readonly WhisperFactory _factory;

    private LoadedModel(WhisperFactory factory, WhisperNetOptions options, WhisperTokens tokens, LanguageChoice languages)
    {
        var size = options.Processors == 0 ? Environment.ProcessorCount : options.Processors;
        var version = typeof(WhisperFactory).Assembly.GetName().Version?.ToString(3);
        _factory = factory;
        Processors = new ProcessorPool(() => ProcessorSettings.Build(factory, options), size);
        Tokens = tokens;
        Languages = languages;
        Description = $"Whisper.net {version} ({RuntimeOptions.LoadedLibrary}), {Path.GetFileName(options.ModelPath)}, {size} at once, {options.Threads} threads each";
    }

    /// <summary>What runs transcriptions.</summary>
    public ProcessorPool Processors { get; }

    /// <summary>The model's special tokens.</summary>
    public WhisperTokens Tokens { get; }

    /// <summary>Which languages may be spoken.</summary>
    public LanguageChoice Languages { get; }

    /// <summary>Version, runtime, file and size, for an operator.</summary>
    public string Description { get; }

    /// <summary>Verifies the file with managed code, then hands it to the native library, which may abort the process on a broken one.</summary>
    /// <exception cref="EngineException">The file or the native library cannot be used.</exception>
    public static LoadedModel Load(WhisperNetOptions options)
    {
        WhisperFactory? factory = null;
        try
        {
            var tokens = new WhisperTokens(GgmlFile.Verify(options.ModelPath).Dimensions.Vocabulary);
            var languages = new LanguageChoice(tokens, options.Languages);
            factory = WhisperFactory.FromPath(options.ModelPath, new WhisperFactoryOptions
            {
                UseFlashAttention = options.FlashAttention,
                UseGpu = options.UseGpu,
                GpuDevice = options.GpuDevice,
            });
            // The factory says only here that the native library has refused the file.
            factory.CreateBuilder();
            return new LoadedModel(factory, options, tokens, languages);
        }
        catch (Exception exception) when (exception is not EngineException)
        {
            factory?.Dispose();
            throw new EngineException(FailureKind.EngineDown, ErrorCode.EngineUnavailable,
                $"the speech model {options.ModelPath} cannot be used: {exception.Message}", exception);
        }
    }

    /// <summary>Waits for every run to end and frees the native memory. Freeing it during a run would end the process.</summary>
    public async ValueTask DisposeAsync()
    {
        await Processors.DisposeAsync();
        _factory.Dispose();
    }
}
