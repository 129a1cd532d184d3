using VoiceWorker.RabbitMq;

namespace VoiceWorker.UnitTests.RabbitMq;

public sealed class RabbitMqRulesTests
{
    [Fact]
    public void Validate_Defaults_Pass() => Assert.True(new RabbitMqRules().Validate(null, new()).Succeeded);

    [Fact]
    public void Validate_ManyMistakes_ReportsAllAndNoSecret()
    {
        var result = new RabbitMqRules().Validate(null, new()
        {
            Uri = "http://user:secret@host",
            Password = "secret",
            PasswordFile = "/nowhere/password",
            Tls = new() { CertificateFile = "/nowhere/cert.pem" },
            Queue = "amq.jobs",
            DeadLetterQueue = "amq.jobs",
            ResultsExchange = new string('é', 150),
            RetryDelays = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), TimeSpan.FromDays(2)],
            ReplyTo = ["ok", " "],
            ReconnectDelay = TimeSpan.FromSeconds(30),
            MaxReconnectDelay = TimeSpan.FromSeconds(1),
            DeliveryLimit = 5,
            IsolateAfterDeliveries = 6,
            MaxMessageBytes = 10_000,
            MaxBytesInFlight = 5_000,
        });

        Assert.Equal(
            [
                "RabbitMq:Uri", "RabbitMq:Password", "RabbitMq:PasswordFile", "RabbitMq:Tls:CertificateFile", "RabbitMq:Tls:CertificateFile", "RabbitMq:ReconnectDelay", "RabbitMq:Queue",
                "RabbitMq:Queue", "RabbitMq:DeadLetterQueue", "RabbitMq:ResultsExchange", "RabbitMq:ReplyTo", "RabbitMq:RetryDelays", "RabbitMq:RetryDelays", "RabbitMq:IsolateAfterDeliveries", "RabbitMq:MaxBytesInFlight",
            ],
            result.Failures!.Select(f => f.Split(' ')[0]));
        Assert.DoesNotContain("secret", result.FailureMessage);
    }

    [Fact]
    public void RetryDelays_NotGiven_AreThree() => Assert.Equal([10, 60, 300], new RabbitMqOptions().Delays.Select(d => d.TotalSeconds));
}
