#!/usr/bin/env dotnet
// Sends a recording to VoiceWorker, prints the reply's texts and saves its speech.
// Usage: dotnet run producer.cs -- FILE FROM TO [--json]     for example: dotnet run producer.cs -- ../en-1.wav en es
// Needs the .NET SDK 10 and nothing else. The broker: RABBITMQ_URL, else the local one.
#:package RabbitMQ.Client@7.2.2
#:property PublishAot=false
#:property JsonSerializerIsReflectionEnabledByDefault=true
using System.Text.Json;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

var (path, source, target) = (args[0], args[1], args[2]);
var audio = await File.ReadAllBytesAsync(path);
var id = Guid.NewGuid().ToString("N");

var factory = new ConnectionFactory { Uri = new Uri(Environment.GetEnvironmentVariable("RABBITMQ_URL") ?? "amqp://localhost") };
await using var connection = await factory.CreateConnectionAsync();
// With confirms tracked, BasicPublishAsync returns when the broker has the job, and throws when it does not take it.
await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
// A queue of this connection's own, named by the broker and deleted with the connection.
var replies = await channel.QueueDeclareAsync();

var reply = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
var consumer = new AsyncEventingBasicConsumer(channel);
consumer.ReceivedAsync += (_, delivery) =>
{
    using var document = JsonDocument.Parse(delivery.Body);
    if (delivery.BasicProperties.CorrelationId == id && document.RootElement.GetProperty("type").GetString() is "translation_complete" or "error")
        reply.TrySetResult(document.RootElement.Clone());
    return Task.CompletedTask;
};
await channel.BasicConsumeAsync(replies.QueueName, autoAck: true, consumer);

var properties = new BasicProperties { ReplyTo = replies.QueueName, CorrelationId = id, MessageId = id, DeliveryMode = DeliveryModes.Persistent };
byte[] body;
if (args.Contains("--json"))
{
    // Form 1: everything in one JSON object, the audio as base64.
    properties.ContentType = "application/json";
    body = JsonSerializer.SerializeToUtf8Bytes(new { audio_data = audio, source_lang = source, target_lang = target, sender_id = "alice" });
}
else
{
    // Form 2: the audio is the body, a third smaller; the same fields are headers. The worker looks at the bytes to find the format.
    properties.ContentType = "application/octet-stream";
    properties.Headers = new Dictionary<string, object?> { ["source_lang"] = source, ["target_lang"] = target, ["sender_id"] = "alice" };
    body = audio;
}

await channel.BasicPublishAsync(exchange: "", routingKey: "voice.jobs", mandatory: true, properties, body);

var received = await reply.Task.WaitAsync(TimeSpan.FromSeconds(60));
if (received.GetProperty("type").GetString() == "error")
{
    Console.Error.WriteLine($"{received.GetProperty("code")}: {received.GetProperty("message")}");
    return 1;
}

var data = received.GetProperty("data");
Console.WriteLine($"{data.GetProperty("source_lang")}: {data.GetProperty("original_text")}");
Console.WriteLine($"{data.GetProperty("target_lang")}: {data.GetProperty("translated_text")}");
// null when speech synthesis is down
if (data.GetProperty("audio_url").GetString() is { } url)
    await File.WriteAllBytesAsync("reply.ogg", Convert.FromBase64String(url[(url.IndexOf(',') + 1)..]));
return 0;
