using System.Text;
using Microsoft.Extensions.Options;

namespace VoiceWorker.RabbitMq;

/// <summary>The rules that span several options. All that is wrong is reported at once.</summary>
internal sealed class RabbitMqRules : IValidateOptions<RabbitMqOptions>
{
    public ValidateOptionsResult Validate(string? name, RabbitMqOptions options)
    {
        var errors = Connection(options).Concat(Names(options)).Concat(Retries(options)).Concat(Limits(options)).ToList();
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors.Select(e => $"RabbitMq:{e}"));
    }

    private static IEnumerable<string> Connection(RabbitMqOptions options)
    {
        // The URI is not repeated: it may hold a password.
        if (options.Uri is not null && !(Uri.TryCreate(options.Uri, UriKind.Absolute, out var uri) && uri.Scheme is "amqp" or "amqps"))
            yield return "Uri must look like amqp://user:password@host:port/vhost or amqps://…";
        if (options.Uri is null && string.IsNullOrWhiteSpace(options.Host))
            yield return "Host is missing; set it, or Uri.";
        if (options.Password is not null && options.PasswordFile is not null)
            yield return "Password and PasswordFile are both set; set one of them.";
        foreach (var (setting, path) in new[] { ("PasswordFile", options.PasswordFile), ("Tls:CaFile", options.Tls.CaFile), ("Tls:CertificateFile", options.Tls.CertificateFile), ("Tls:KeyFile", options.Tls.KeyFile) })
        {
            if (path is not null && !File.Exists(path))
                yield return $"{setting} names {path}, which does not exist or may not be read.";
        }

        if (options.Tls.CertificateFile is null != options.Tls.KeyFile is null)
            yield return "Tls:CertificateFile and Tls:KeyFile belong together; set both or none.";
        if (options.ReconnectDelay > options.MaxReconnectDelay)
            yield return $"ReconnectDelay ({options.ReconnectDelay}) must not exceed MaxReconnectDelay ({options.MaxReconnectDelay}).";
    }

    private static IEnumerable<string> Names(RabbitMqOptions options)
    {
        if (options.Queue == options.DeadLetterQueue)
            yield return $"Queue and DeadLetterQueue are both '{options.Queue}'; dead letters would come back as jobs.";
        if (options.ResultsExchange == options.DeadLetterQueue)
            yield return $"ResultsExchange and DeadLetterQueue are both '{options.ResultsExchange}'; replies would become dead letters.";
        foreach (var (setting, name) in new[] { (nameof(options.Queue), options.Queue), (nameof(options.DeadLetterQueue), options.DeadLetterQueue), (nameof(options.ResultsExchange), options.ResultsExchange) })
        {
            if (name is not null && name.StartsWith(AmqpNames.ReservedPrefix, StringComparison.Ordinal))
                yield return $"{setting} is '{name}'; names under {AmqpNames.ReservedPrefix} belong to RabbitMQ.";
            if (name is not null && Encoding.UTF8.GetByteCount(name) > 200)
                yield return $"{setting} is longer than 200 bytes.";
        }

        if (options.ReplyToPatterns.Any(string.IsNullOrWhiteSpace))
            yield return "ReplyTo has an empty pattern; write * to allow every queue.";
    }

    private static IEnumerable<string> Retries(RabbitMqOptions options)
    {
        foreach (var delay in options.Delays.Where(d => d < TimeSpan.FromMilliseconds(100) || d > TimeSpan.FromDays(1)))
            yield return $"RetryDelays has {delay}; each must be between 100 ms and a day.";
        if (options.Delays.Distinct().Count() != options.Delays.Count)
            yield return "RetryDelays has the same delay twice; each one has a queue of its own.";
    }

    private static IEnumerable<string> Limits(RabbitMqOptions options)
    {
        if (options.IsolateAfterDeliveries > options.DeliveryLimit)
            yield return $"IsolateAfterDeliveries ({options.IsolateAfterDeliveries}) must not exceed DeliveryLimit ({options.DeliveryLimit}); a job would be dead-lettered before it is tried alone.";
        if (options.MaxBytesInFlight < options.MaxMessageBytes)
            yield return $"MaxBytesInFlight ({options.MaxBytesInFlight}) must be at least MaxMessageBytes ({options.MaxMessageBytes}); the largest job would never be taken.";
    }
}
