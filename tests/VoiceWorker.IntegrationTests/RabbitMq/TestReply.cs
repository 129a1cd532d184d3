using System.Text.Json;

namespace VoiceWorker.IntegrationTests.RabbitMq;

/// <summary>A reply as the producer sees it.</summary>
internal sealed record TestReply(string RoutingKey, string? CorrelationId, string? MessageId, bool Persistent, JsonElement Json, string? TraceParent = null)
{
    public string Type => Json.GetProperty("type").GetString()!;

    public JsonElement Data => Json.GetProperty("data");
}
