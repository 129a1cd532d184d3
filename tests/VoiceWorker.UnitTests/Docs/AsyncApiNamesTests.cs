using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json;
using RabbitMQ.Client;
using VoiceWorker.Contract.Bodies;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Contract.Reading;
using VoiceWorker.RabbitMq.Publishing;
using VoiceWorker.RabbitMq.Setup;
using VoiceWorker.RabbitMq;

namespace VoiceWorker.UnitTests.Docs;

/// <summary>Queues, exchanges, fields, headers and limits in the document are those of the code.</summary>
public sealed class AsyncApiNamesTests
{
    private static readonly RabbitMqOptions Options = new();

    [Theory]
    [InlineData("jobs")]
    [InlineData("dead")]
    public void Queue_InTheDocument_IsTheDeclaredOne(string channel)
    {
        var described = AsyncApiDocument.Root["channels"]![channel]!;
        var queue = Topology.Of(Options).OfType<QueuePart>().Single(part => part.Name == described["address"]!.GetValue<string>());
        Assert.Equal(queue.Name, described["bindings"]!["amqp"]!["queue"]!["name"]!.GetValue<string>());
        Assert.True(JsonNode.DeepEquals(JsonSerializer.SerializeToNode(queue.Arguments), described["x-queue-arguments"]), $"The arguments of {queue.Name} differ.");
    }

    [Fact]
    public void Exchanges_InTheDocument_AreTheDeclaredOnes()
    {
        var channels = AsyncApiDocument.Root["channels"]!;
        JsonNode[] described = [channels["results"]!["bindings"]!["amqp"]!["exchange"]!, channels["dead"]!["x-exchange"]!, channels["control"]!["bindings"]!["amqp"]!["exchange"]!];
        Assert.Equal(
            Topology.Of(Options).OfType<ExchangePart>().Append(Topology.Control(Options)).Select(part => (part.Name, part.Type)).Order(),
            described.Select(exchange => (exchange["name"]!.GetValue<string>(), exchange["type"]!.GetValue<string>())).Order());
    }

    [Fact]
    public void JobFields_InTheDocument_AreThoseOfTheReader()
    {
        Assert.Equal(JobFieldNames.All.Order(), Properties("JobJson").Order());
        Assert.Equal(JobHeaders.Known.Except(["audio_data", "text"]).Append("compression").Order(), Properties("JobAudioHeaders").Order());
    }

    [Fact]
    public void JobProperties_InTheDocument_AreThoseOfTheReader()
    {
        // The rest is no property of AMQP's, or a table of its own.
        string[] others = [nameof(JobProperties.TimestampUnit), nameof(JobProperties.ReceivedAt), nameof(JobProperties.Attempt), nameof(JobProperties.Headers)];
        var read = typeof(JobProperties).GetProperties().Select(property => property.Name).Except(others).Select(JsonNamingPolicy.SnakeCaseLower.ConvertName);
        Assert.Equal(read.Append("user_id").Order(), Properties("JobProperties").Order());
    }

    [Fact]
    public void DeadLetterHeaders_InTheDocument_AreThoseOfTheWorker()
    {
        var names = typeof(AmqpNames).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => field.GetRawConstantValue() as string).Where(name => name?.StartsWith("x-voiceworker-", StringComparison.Ordinal) is true);
        Assert.Equal(names.Append("x-death").Order(), Properties("DeadLetterHeaders").Order());
    }

    [Fact]
    public void DeadLetterHeaders_OfARealCopy_AreAccepted()
    {
        var original = new BasicProperties { Headers = new Dictionary<string, object?> { ["target_lang"] = "es", [AmqpNames.ReplayedHeader] = 1_800_000_000_000L } };
        var job = new VoiceJob { MessageId = "job", Input = new TextInput("hi"), Deadline = DateTimeOffset.FromUnixTimeMilliseconds(1_900_000_000_000) };
        var failure = new StageFailure(Stage.Transcribe, FailureKind.Transient, ErrorCode.StageTimeout, "too\nslow" + new string('!', 2000));
        var headers = MessageCopy.Of(original, job, 2, DateTimeOffset.FromUnixTimeMilliseconds(1_800_000_000_000), failure).Headers;
        AsyncApiDocument.AssertAccepts(AsyncApiDocument.Schema("DeadLetterHeaders"), JsonSerializer.SerializeToElement(headers));
    }

    [Fact]
    public void Limits_InTheDocument_AreTheDefaults()
    {
        var limits = new JobLimits();
        Assert.Equal(limits.MaxTextBytes, AsyncApiDocument.Schemas["JobJson"]!["properties"]!["text"]!["maxLength"]!.GetValue<int>());
        Assert.Equal(limits.MaxFieldBytes, AsyncApiDocument.Schemas["SenderId"]!["maxLength"]!.GetValue<int>());
        Assert.Equal(ShortString.MaxBytes, AsyncApiDocument.Schemas["MessageId"]!["maxLength"]!.GetValue<int>());
        Assert.Contains($"at most {Options.MaxMessageBytes / 1024 / 1024} MiB", AsyncApiDocument.Schemas["JobJson"]!["description"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Properties(string schema) => AsyncApiDocument.Schemas[schema]!["properties"]!.AsObject().Select(member => member.Key);
}
