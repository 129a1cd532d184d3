using System.Text;
using RabbitMQ.Client;

namespace VoiceWorker.ChaosTests.Harness;

/// <summary>Which RabbitMQ the tests ran against.</summary>
internal static class BrokerVersion
{
    /// <summary>As the broker says itself; "unknown" before the first connection.</summary>
    public static string Text { get; private set; } = "unknown";

    /// <summary>Notes the version of a connected broker.</summary>
    public static void Note(IConnection connection) =>
        Text = connection.ServerProperties?.TryGetValue("version", out var version) is true && version is byte[] bytes ? Encoding.UTF8.GetString(bytes) : Text;
}
