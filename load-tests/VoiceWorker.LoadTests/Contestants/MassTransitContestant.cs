using System.Text;
using MassTransit;
using Microsoft.Extensions.Hosting;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.LoadTests.Broker;
using VoiceWorker.LoadTests.Engines;

namespace VoiceWorker.LoadTests.Contestants;

/// <summary>A MassTransit 8 consumer as its manual has it, without anything optional; the five steps are the same.</summary>
internal sealed class MassTransitContestant(ContestantSettings settings) : IContestant, IConsumer<MassTransitJob>
{
    private readonly IHost _host = EngineHost.Build(settings, consumes: false);
    private FiveSteps? _steps;
    private IBusControl? _bus;
    private long _done;

    public long Done => Volatile.Read(ref _done);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _host.StartAsync(cancellationToken);
        _steps = new FiveSteps(_host.Services, pool: null);
        _bus = Bus.Factory.CreateUsingRabbitMq(bus =>
        {
            bus.Host("127.0.0.1", (ushort)settings.Port, "/", _ => { });
            bus.UseRawJsonSerializer();
            bus.ReceiveEndpoint(settings.Queue, endpoint =>
            {
                endpoint.SetQuorumQueue();
                endpoint.ConfigureConsumeTopology = false;
                endpoint.UseRawJsonDeserializer(RawSerializerOptions.AnyMessageType, isDefault: true);
                endpoint.PrefetchCount = settings.Prefetch!.Value;
                endpoint.ConcurrentMessageLimit = settings.Prefetch;
                endpoint.Instance(this);
            });
        });
        await _bus.StartAsync(cancellationToken);
    }

    public async Task Consume(ConsumeContext<MassTransitJob> context)
    {
        var message = context.Message;
        var job = new VoiceJob
        {
            MessageId = CorrelationOf(context) ?? "",
            Input = message.Text is { } text ? new TextInput(text) : new AudioInput(Convert.FromBase64String(message.AudioData!)),
            SourceLanguage = message.SourceLanguage,
            TargetLanguage = message.TargetLanguage,
        };
        var reply = await _steps!.AnswerAsync(job, context.CancellationToken);
        var endpoint = await context.GetSendEndpoint(new Uri($"queue:{JobQueue.RepliesOf(settings.Queue)}"));
        await endpoint.Send(
            new MassTransitReply { MessageId = job.MessageId, Body = Encoding.UTF8.GetString(reply.Span) }, send => ((RabbitMqSendContext)send).BasicProperties.CorrelationId = job.MessageId, context.CancellationToken);
        Interlocked.Increment(ref _done);
    }

    private static string? CorrelationOf(ConsumeContext context) =>
        context.TryGetPayload(out RabbitMqBasicConsumeContext? delivery) ? delivery.Properties.CorrelationId : null;

    public async ValueTask DisposeAsync()
    {
        await _bus!.StopAsync();
        _steps!.Dispose();
        await _host.StopAsync();
        _host.Dispose();
    }
}
