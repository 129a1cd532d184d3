using System.Text.Json.Serialization;

namespace VoiceWorker.Engines.Apertium;

/// <summary>The answers of apertium-apy.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ApertiumReply<ApertiumTranslation>))]
[JsonSerializable(typeof(ApertiumReply<IReadOnlyList<ApertiumPair>>), TypeInfoPropertyName = "Pairs")]
internal sealed partial class ApertiumJsonContext : JsonSerializerContext;
