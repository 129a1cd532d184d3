using System.Text.Json.Serialization;
using VoiceWorker.Engines.OpenAi.Chat;
using VoiceWorker.Engines.OpenAi.Recognition;
using VoiceWorker.Engines.OpenAi.Synthesis;

namespace VoiceWorker.Engines.OpenAi;

/// <summary>Requests and answers of OpenAI-compatible servers (https://platform.openai.com/docs/api-reference).</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ChatRequest))]
[JsonSerializable(typeof(ChatReply))]
[JsonSerializable(typeof(SpeechRequest))]
[JsonSerializable(typeof(TranscriptionReply))]
[JsonSerializable(typeof(ModelList))]
internal sealed partial class OpenAiJsonContext : JsonSerializerContext;
