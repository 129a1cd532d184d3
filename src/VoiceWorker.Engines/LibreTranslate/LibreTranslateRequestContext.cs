using System.Text.Json.Serialization;

namespace VoiceWorker.Engines.LibreTranslate;

/// <summary>The request, in snake case.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(LibreTranslateRequest))]
internal sealed partial class LibreTranslateRequestContext : JsonSerializerContext;
