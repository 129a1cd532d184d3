using VoiceWorker.Core.Ports;
using Whisper.net;

namespace VoiceWorker.WhisperNet.Engine;

/// <summary>From options to whisper.cpp's parameters.</summary>
internal static class ProcessorSettings
{
    /// <summary>Makes a processor with everything set but the language, which each job sets.</summary>
    /// <remarks>A builder for each: processors of one builder share its event handlers, and so would hear each other's segments.</remarks>
    public static WhisperProcessor Build(WhisperFactory factory, WhisperNetOptions options, IHeartbeat? heartbeat)
    {
        var builder = factory.CreateBuilder()
            .WithThreads(options.Threads)
            .WithAudioContextSize(options.AudioContext)
            .WithTemperatureInc(TemperatureLadder.Step(options.TemperatureStep, options.MaxFallbacks))
            .WithLogProbThreshold(options.LogProbabilityThreshold)
            .WithEntropyThreshold(options.EntropyThreshold)
            .WithNoSpeechThreshold(options.NoSpeechThreshold);
        // Called from native code, once a window; it may not throw, and does not.
        if (heartbeat is not null)
            builder.WithProgressHandler(_ => heartbeat.Beat());
        if (options.InitialPrompt is { Length: > 0 } prompt)
            builder.WithPrompt(prompt);
        else if (!options.ConditionOnPreviousText)
            builder.WithMaxLastTextTokens(0);
        if (options.BeamSize > 1)
            builder.WithBeamSearchSamplingStrategy(beam => beam.WithBeamSize(options.BeamSize));
        else
            builder.WithGreedySamplingStrategy(greedy => greedy.WithBestOf(options.BestOf));
        return builder.Build();
    }
}
