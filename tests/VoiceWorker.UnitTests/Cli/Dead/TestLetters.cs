using System.Text;
using RabbitMQ.Client;
using VoiceWorker.Contract.Reading;
using VoiceWorker.RabbitMq.DeadLetters;

namespace VoiceWorker.UnitTests.Cli.Dead;

/// <summary>Dead letters as the broker hands them out.</summary>
internal static class TestLetters
{
    public static DeadLetter Read(string body, params (string Name, object? Value)[] headers)
    {
        var properties = new BasicProperties
        {
            MessageId = "one",
            Timestamp = new AmqpTimestamp(1_800_000_000),
            Headers = headers.ToDictionary(header => header.Name, header => header.Value is string text ? Encoding.UTF8.GetBytes(text) : header.Value),
        };
        return DeadLetter.Read(new BasicGetResult(1, false, "", "", 0, properties, Encoding.UTF8.GetBytes(body)), new JobReader(new()), "jobs");
    }

    /// <summary>The broker's note on a message that it moved.</summary>
    public static (string Name, object? Value) Death(string queue, string reason) => ("x-death", new List<object?>
    {
        new Dictionary<string, object?>
        {
            ["queue"] = Encoding.UTF8.GetBytes(queue),
            ["reason"] = Encoding.UTF8.GetBytes(reason),
            ["time"] = new AmqpTimestamp(1_800_000_100),
            ["original-expiration"] = "60000"u8.ToArray(),
        },
    });
}
