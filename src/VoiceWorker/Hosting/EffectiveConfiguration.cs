using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Options;
using VoiceWorker.Engines;

namespace VoiceWorker.Host.Hosting;

/// <summary>The options in effect, defaults included, as JSON and without secrets: <c>/debug/config</c>.</summary>
internal sealed class EffectiveConfiguration(IServiceProvider services, IEnumerable<OptionsSection> sections)
{
    private const string Hidden = "***";
    private static readonly string[] SecretEndings = ["Password", "ApiKey", "Secret", "Token", "Headers", "Redis"];

    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { HideSecrets } },
    };

    public string ToJson()
    {
        var root = new JsonObject();
        foreach (var section in sections.DistinctBy(section => section.Path).OrderBy(section => section.Path, StringComparer.Ordinal))
            root[section.Path] = JsonSerializer.SerializeToNode(ValueOf(section.Type), section.Type, Json);
        return root.ToJsonString(Json);
    }

    private object ValueOf(Type options) =>
        ((IOptions<object>)services.GetRequiredService(typeof(IOptions<>).MakeGenericType(options))).Value;

    private static void HideSecrets(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            if (property.Get is not { } get)
                continue;
            if (SecretEndings.Any(ending => property.Name.EndsWith(ending, StringComparison.OrdinalIgnoreCase)))
                property.Get = owner => get(owner) is null or "" ? null : property.PropertyType == typeof(string) ? Hidden : null;
            else if (property.PropertyType == typeof(string))
                property.Get = owner => WithoutUser((string?)get(owner));
            else if (property.PropertyType == typeof(Uri))
                property.Get = owner => get(owner) is Uri uri ? new Uri(WithoutUser(uri.OriginalString)!, UriKind.RelativeOrAbsolute) : null;
        }
    }

    // amqp://user:password@host
    private static string? WithoutUser(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.UserInfo.Length > 0 ? text!.Replace(uri.UserInfo + "@", Hidden + "@", StringComparison.Ordinal) : text;
}
