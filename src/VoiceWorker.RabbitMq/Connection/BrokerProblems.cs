using System.Collections.Concurrent;

namespace VoiceWorker.RabbitMq.Connection;

/// <summary>What is wrong with the broker now, in words, for whoever asks after the worker's health.</summary>
internal sealed class BrokerProblems
{
    /// <summary>The part of the work that cancelling is; jobs are done without it.</summary>
    public const string Control = "control";

    private readonly ConcurrentDictionary<string, string> _words = new(StringComparer.Ordinal);

    /// <summary>Notes why a connection, or another part of the work, does not do what it is for.</summary>
    /// <returns>Whether that is news.</returns>
    public bool Set(string part, string words)
    {
        var isNews = !_words.TryGetValue(part, out var before) || before != words;
        _words[part] = words;
        return isNews;
    }

    /// <summary>Notes that it works.</summary>
    /// <returns>Whether that is news.</returns>
    public bool Clear(string part) => _words.TryRemove(part, out _);

    /// <summary>What is wrong with a part; null when nothing is.</summary>
    public string? Of(string part) => _words.GetValueOrDefault(part);
}
