using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Json.Schema;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace VoiceWorker.UnitTests.Docs;

/// <summary>docs/asyncapi.yaml, and its schemas as JSON Schema 2020-12.</summary>
internal static partial class AsyncApiDocument
{
    private const string Components = "#/components/schemas/";

    /// <summary>The whole document as JSON.</summary>
    public static JsonObject Root { get; } = Read();

    /// <summary>The schemas by name.</summary>
    public static JsonObject Schemas => Root["components"]!["schemas"]!.AsObject();

    /// <summary>The messages by name.</summary>
    public static JsonObject Messages => Root["components"]!["messages"]!.AsObject();

    /// <summary>A named schema, to be evaluated.</summary>
    public static JsonSchema Schema(string name) => Build(Schemas[name] ?? throw new ArgumentException($"There is no schema {name}.", nameof(name)));

    /// <summary>Any schema of the document, to be evaluated.</summary>
    public static JsonSchema Build(JsonNode schema)
    {
        var whole = new JsonObject { ["$schema"] = "https://json-schema.org/draft/2020-12/schema", ["allOf"] = new JsonArray(schema.DeepClone()), ["$defs"] = Schemas.DeepClone() };
        return JsonSchema.FromText(whole.ToJsonString().Replace(Components, "#/$defs/", StringComparison.Ordinal), baseUri: new Uri($"urn:uuid:{Guid.NewGuid()}"));
    }

    /// <summary>Whether a schema accepts a JSON text; what is no JSON it does not.</summary>
    public static bool AcceptsText(JsonSchema schema, string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return Accepts(schema, document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Whether a schema accepts a value.</summary>
    public static bool Accepts(JsonSchema schema, JsonElement value) => schema.Evaluate(value).IsValid;

    /// <summary>Asserts that a schema accepts a value, and else says why not.</summary>
    public static void AssertAccepts(JsonSchema schema, JsonElement value)
    {
        var results = schema.Evaluate(value, new EvaluationOptions { OutputFormat = OutputFormat.List });
        var errors = (results.Details ?? []).Where(detail => detail.Errors is not null).SelectMany(detail => detail.Errors!.Select(error => $"{detail.InstanceLocation}: {error.Value}"));
        Assert.True(results.IsValid, $"{value}\n{string.Join('\n', errors)}");
    }

    /// <summary>Everything within a node, the node itself first.</summary>
    public static IEnumerable<JsonNode> Within(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => Within(member.Value)).Prepend(members),
        JsonArray items => items.SelectMany(Within).Prepend(items),
        null => [],
        _ => [node],
    };

    /// <summary>What a reference within the document means; null when nothing.</summary>
    public static JsonNode? Find(string reference) =>
        reference.TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries).Aggregate((JsonNode?)Root, (node, name) => (node as JsonObject)?[name]);

    private static JsonObject Read()
    {
        var yaml = new YamlStream();
        using var text = File.OpenText(Path.Combine(Folder(), "../../../docs/asyncapi.yaml"));
        yaml.Load(text);
        return (JsonObject)Json(yaml.Documents[0].RootNode)!;
    }

    private static JsonNode? Json(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Children.Select(entry => KeyValuePair.Create(((YamlScalarNode)entry.Key).Value!, Json(entry.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(Json)]),
        YamlScalarNode { Style: not ScalarStyle.Plain } scalar => JsonValue.Create(scalar.Value),
        YamlScalarNode { Value: null or "" or "null" } => null,
        YamlScalarNode { Value: "true" or "false" } scalar => JsonValue.Create(scalar.Value == "true"),
        YamlScalarNode scalar when Number.IsMatch(scalar.Value!) => JsonNode.Parse(scalar.Value!),
        YamlScalarNode scalar => JsonValue.Create(scalar.Value),
        _ => throw new NotSupportedException($"{node.NodeType} at {node.Start}"),
    };

    private static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;

    [GeneratedRegex(@"^-?(0|[1-9][0-9]*)(\.[0-9]+)?\z")]
    private static partial Regex Number { get; }
}
