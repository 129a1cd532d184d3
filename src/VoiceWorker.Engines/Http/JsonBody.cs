using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace VoiceWorker.Engines.Http;

/// <summary>JSON request bodies of known length: some servers do not take chunked ones.</summary>
internal static class JsonBody
{
    /// <summary>Serializes a value.</summary>
    public static HttpContent Of<T>(T value, JsonTypeInfo<T> type) =>
        new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(value, type))
        {
            Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
        };
}
