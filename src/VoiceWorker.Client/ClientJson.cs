using System.Text.Json.Serialization;

namespace VoiceWorker.Client;

/// <summary>The producer's side of the wire contract: writes jobs, reads replies.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ProducerJob))]
[JsonSerializable(typeof(ReplyMessage))]
internal sealed partial class ClientJson : JsonSerializerContext;
