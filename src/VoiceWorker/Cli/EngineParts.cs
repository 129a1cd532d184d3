using VoiceWorker.Core.Ports;

namespace VoiceWorker.Host.Cli;

/// <summary>The engines by what they do, for commands that say how they are.</summary>
internal static class EngineParts
{
    /// <summary>The engine of each stage.</summary>
    public static List<(string Role, IEngine Engine)> Of(IServiceProvider services) =>
    [
        ("decode", services.GetRequiredService<IAudioDecoder>()),
        ("transcribe", services.GetRequiredService<ISpeechRecognizer>()),
        ("translate", services.GetRequiredService<ITranslator>()),
        ("synthesize", services.GetRequiredService<ISpeechSynthesizer>()),
        ("encode", services.GetRequiredService<IAudioEncoder>()),
    ];

    /// <summary>What is wrong with the engines now, in words; that all of them work when nothing is.</summary>
    public static async Task<string> ComplaintsAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var time = services.GetRequiredService<TimeProvider>();
        var parts = Of(services);
        var states = await Task.WhenAll(parts.Select(part => part.Engine.TryCheckAsync(time, cancellationToken)));
        var down = parts.Zip(states).Where(part => !part.Second.Ready)
            .Select(part => $"{part.First.Role} ({part.First.Engine.Name}): {part.Second.Detail}. {part.Second.Remedy}".TrimEnd()).ToList();
        return down.Count > 0 ? string.Join(" ", down) : "all of them work again by now, so try once more";
    }
}
