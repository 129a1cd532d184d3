using System.Security.Cryptography;
using System.Text;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Contract.Replies;
using VoiceWorker.Core.Ports;
using VoiceWorker.IntegrationTests.Broker;
using VoiceWorker.IntegrationTests.Deploy;
using VoiceWorker.IntegrationTests.RabbitMq;

namespace VoiceWorker.IntegrationTests.Clients;

/// <summary>
/// A worker on the queue <c>voice.jobs</c> that reads jobs and answers as the real one does, but for the engines: what
/// it has heard is the hash of the audio.
/// </summary>
public sealed class ClientsFixture(BrokerFixture broker) : IAsyncLifetime
{
    private static readonly byte[] Ogg = "OggS of a reply"u8.ToArray();
    private TestWorker? _worker;

    /// <summary>The recording that all clients send.</summary>
    internal static string Recording => RepositoryFiles.PathOf("samples/en-1.wav");

    /// <summary>The broker's address.</summary>
    internal string Url { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        var node = await broker.NodeAsync();
        Url = $"amqp://guest:guest@127.0.0.1:{node.Port}";
        (string, string)[] names = [("Queue", "voice.jobs"), ("DeadLetterQueue", "voice.dead"), ("ResultsExchange", "voice.results")];
        _worker = await TestWorker.StartAsync(new TestQueues(node), node.Port, new FakeSink(AnswerAsync), names);
        await _worker.ConsumingAsync();
    }

    public ValueTask DisposeAsync() => _worker?.DisposeAsync() ?? default;

    /// <summary>What the worker hears in an audio file.</summary>
    internal static string Heard(ReadOnlySpan<byte> audio) => Convert.ToHexStringLower(SHA256.HashData(audio));

    private static async Task AnswerAsync(VoiceJob job, IDelivery delivery)
    {
        if (job.Input is InvalidInput { Failure: var failure })
        {
            await FakeSink.FailAsync(job, delivery, failure);
            return;
        }

        var audio = (AudioInput)job.Input;
        var heard = Heard(audio.IsBase64 ? Convert.FromBase64String(Encoding.ASCII.GetString(audio.Data.Span)) : audio.Data.Span);
        var translation = new Translation(new Transcript(heard, job.SourceLanguage, []), $"{heard} in {job.TargetLanguage}", job.TargetLanguage);
        await delivery.ReplyAsync(
            new TranslationReply(job.MessageId, translation, new(Ogg, AudioFormat.OggOpus), null, false, "es", false, new StageTimings(), job.Attempt), CancellationToken.None);
        await delivery.SettleAsync(new Settlement.Done(), CancellationToken.None);
    }
}
