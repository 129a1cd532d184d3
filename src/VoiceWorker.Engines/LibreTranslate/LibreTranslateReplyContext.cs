using System.Text.Json.Serialization;

namespace VoiceWorker.Engines.LibreTranslate;

/// <summary>The answers, in camel case.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(LibreTranslateReply))]
[JsonSerializable(typeof(IReadOnlyList<LibreTranslateLanguage>), TypeInfoPropertyName = "Languages")]
internal sealed partial class LibreTranslateReplyContext : JsonSerializerContext;
