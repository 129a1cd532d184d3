using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Options;
using VoiceWorker.Core.Configuration;

namespace VoiceWorker.Host.Hosting;

/// <summary>The options in effect, defaults included, as JSON and without secrets: <c>/debug/config</c>.</summary>
internal sealed class EffectiveConfiguration(IServiceProvider services, IEnumerable<OptionsSection> sections)
{
    private static readonly string[] SecretEndings = ["Password", "ApiKey", "Secret", "Token", "Headers", "Redis"];

    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(), new HidingTextConverter(), new HidingUriConverter() },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { HideSecrets } },
    };

    public string ToJson()
    {
        var root = new JsonObject();
        foreach (var section in sections.DistinctBy(section => section.Path).OrderBy(section => section.Path, StringComparer.Ordinal))
            root[section.Path] = JsonSerializer.SerializeToNode(ValueOf(section.Type), section.Type, Json);
        return root.ToJsonString(Json);
    }

    internal static JsonNode? ToJson(object options) => JsonSerializer.SerializeToNode(options, options.GetType(), Json);

    private object ValueOf(Type options) =>
        ((IOptions<object>)services.GetRequiredService(typeof(IOptions<>).MakeGenericType(options))).Value;

    private static void HideSecrets(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            if (property.Get is { } get && SecretEndings.Any(ending => property.Name.EndsWith(ending, StringComparison.OrdinalIgnoreCase)))
                property.Get = owner => get(owner) is null or "" ? null : property.PropertyType == typeof(string) ? SecretText.Hidden : null;
        }
    }

    // Whatever a text is the value of, a list's and a table's elements included, it may be an address with a password in it.
    private sealed class HidingTextConverter : JsonConverter<string>
    {
        public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(SecretText.Hide(value));

        public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WritePropertyName(value);
    }

    private sealed class HidingUriConverter : JsonConverter<Uri>
    {
        public override Uri Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, Uri value, JsonSerializerOptions options) => writer.WriteStringValue(SecretText.Hide(value.OriginalString));
    }
}
