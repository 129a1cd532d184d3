using System.Text.Json;
using System.Text.Json.Nodes;

namespace VoiceWorker.UnitTests.Docs;

/// <summary>The document's examples are what its schemas say, and its references lead somewhere.</summary>
public sealed class AsyncApiExampleTests
{
    public static TheoryData<string> Messages => [.. AsyncApiDocument.Messages.Select(message => message.Key)];

    [Theory]
    [MemberData(nameof(Messages))]
    public void Examples_OfAMessage_AreAccepted(string name)
    {
        var message = AsyncApiDocument.Messages[name]!;
        var examples = message["examples"]!.AsArray();
        Assert.NotEmpty(examples);
        foreach (var part in new[] { "headers", "payload" })
        {
            foreach (var example in examples.Where(example => example![part] is not null))
                AsyncApiDocument.AssertAccepts(AsyncApiDocument.Build(message[part]!), JsonSerializer.SerializeToElement(example![part]));
        }
    }

    [Fact]
    public void Examples_OfASchema_AreAccepted()
    {
        var schemas = AsyncApiDocument.Within(AsyncApiDocument.Schemas).OfType<JsonObject>().Where(schema => schema["examples"] is JsonArray).ToList();
        Assert.NotEmpty(schemas);
        foreach (var schema in schemas)
            Assert.All(schema["examples"]!.AsArray(), example => AsyncApiDocument.AssertAccepts(AsyncApiDocument.Build(schema), JsonSerializer.SerializeToElement(example)));
    }

    [Fact]
    public void References_OfTheDocument_LeadSomewhere()
    {
        var references = AsyncApiDocument.Within(AsyncApiDocument.Root).OfType<JsonObject>().Select(part => part["$ref"]).Where(reference => reference is not null).ToList();
        Assert.NotEmpty(references);
        Assert.All(references, reference => Assert.NotNull(AsyncApiDocument.Find(reference!.GetValue<string>())));
    }

    [Fact]
    public void Schemas_AreUsedAndNotMixedWithReferences()
    {
        var parts = AsyncApiDocument.Within(AsyncApiDocument.Root).OfType<JsonObject>().Where(part => part["$ref"] is not null).ToList();
        // Draft-07 ignores what stands beside a reference.
        Assert.All(parts, part => Assert.Single(part));
        var used = parts.Select(part => part["$ref"]!.GetValue<string>().Split('/')[^1]);
        Assert.Empty(AsyncApiDocument.Schemas.Select(schema => schema.Key).Except(used));
    }
}
