using System.Text;
using System.Text.Json;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using VoiceWorker.IntegrationTests.Deploy;

namespace VoiceWorker.IntegrationTests.Clients;

/// <summary>
/// The usual clients, each with the request and reply that its own documentation teaches and with what it sends when
/// nothing is said: a reply queue that the broker names, no content type or one for everything, kombu's content_encoding.
/// </summary>
[Collection(typeof(ClientsGroup))]
public sealed class ClientTests(ClientsFixture worker)
{
    [Theory]
    [InlineData("pika_rpc.py", "raw")]
    [InlineData("pika_rpc.py", "json")]
    [InlineData("kombu_rpc.py", "raw")]
    [InlineData("kombu_rpc.py", "json")]
    [InlineData("kombu_rpc.py", "gzip")]
    [InlineData("amqplib_rpc.mjs", "raw")]
    [InlineData("amqplib_rpc.mjs", "json")]
    [InlineData("connection_manager_rpc.mjs", "raw")]
    [InlineData("connection_manager_rpc.mjs", "json")]
    [InlineData("bunny_rpc.rb", "raw")]
    [InlineData("bunny_rpc.rb", "json")]
    [InlineData("php_amqplib_rpc.php", "raw")]
    [InlineData("php_amqplib_rpc.php", "json")]
    public async Task Client_WithItsDefaults_IsAnswered(string script, string form)
    {
        using var folder = new TemporaryFolder();
        Verify(await ClientScript.RunAsync(script, worker.Url, folder.FullName, ClientsFixture.Recording, form));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task DotNetClient_WithItsDefaults_IsAnswered(bool json)
    {
        var audio = await File.ReadAllBytesAsync(ClientsFixture.Recording, TestContext.Current.CancellationToken);
        await using var connection = await new ConnectionFactory { Uri = new(worker.Url) }.CreateConnectionAsync(TestContext.Current.CancellationToken);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: TestContext.Current.CancellationToken);
        var replies = await channel.QueueDeclareAsync(cancellationToken: TestContext.Current.CancellationToken);
        Assert.StartsWith("amq.gen-", replies.QueueName, StringComparison.Ordinal);
        var reply = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            reply.TrySetResult(Encoding.UTF8.GetString(delivery.Body.Span));
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(replies.QueueName, autoAck: true, consumer, TestContext.Current.CancellationToken);

        var properties = new BasicProperties { ReplyTo = replies.QueueName, CorrelationId = "c" };
        if (!json)
            properties.Headers = new Dictionary<string, object?> { ["source_lang"] = "en", ["target_lang"] = "es" };
        var body = json ? JsonSerializer.SerializeToUtf8Bytes(new { audio_data = audio, source_lang = "en", target_lang = "es" }) : audio;
        await channel.BasicPublishAsync("", "voice.jobs", mandatory: false, properties, body, TestContext.Current.CancellationToken);

        Verify(await reply.Task.WaitAsync(TimeSpan.FromMinutes(3), TestContext.Current.CancellationToken));
    }

    private static void Verify(string reply)
    {
        var json = JsonDocument.Parse(reply).RootElement;
        Assert.True(json.GetProperty("type").GetString() == "translation_complete", reply);
        var data = json.GetProperty("data");
        Assert.Equal(
            (ClientsFixture.Heard(File.ReadAllBytes(ClientsFixture.Recording)), "en", "es"),
            (data.GetProperty("original_text").GetString(), data.GetProperty("source_lang").GetString(), data.GetProperty("target_lang").GetString()));
    }
}
