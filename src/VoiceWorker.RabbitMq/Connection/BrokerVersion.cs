using System.Text;
using RabbitMQ.Client;

namespace VoiceWorker.RabbitMq.Connection;

/// <summary>The broker's version, and what is known to be wrong with it.</summary>
internal static class BrokerVersion
{
    /// <summary>The lowest version without a defect that a producer could make use of against all others.</summary>
    // Before 3.13 rabbit_dead_letter.erl reads the header x-death as if no producer could write it: one such message that
    // expires ends the node's rabbit_fifo_dlx_sup, and with it everything that is dead-lettered at least once.
    private static readonly Version _lowest = new(3, 13);
    private static readonly Version _countsAcquisitions = new(4, 3);

    /// <summary>The version as the broker says it; empty when it says none.</summary>
    public static string Of(IConnection connection) =>
        connection.ServerProperties?.TryGetValue("version", out var value) is true && value is byte[] utf8 ? Encoding.UTF8.GetString(utf8) : "";

    /// <summary>Whether the broker says how often it has handed a message out, in a header that no producer can forge.</summary>
    public static bool CountsAcquisitions(IConnection connection) => Number(Of(connection)) is { } number && number >= _countsAcquisitions;

    /// <summary>What is wrong with a version, in words; null when nothing is known.</summary>
    public static string? DefectOf(string version) =>
        Number(version) is { } number && number < _lowest
            ? $"RabbitMQ {version} stops moving retries and dead letters, on the whole node, when it has to dead-letter a message whose producer wrote a header x-death (docs/reliability.md). Where producers are strangers, use RabbitMQ {_lowest} or newer."
            : null;

    private static Version? Number(string version) => Version.TryParse(version.Split('-', '+')[0], out var number) ? number : null;
}
