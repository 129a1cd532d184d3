namespace VoiceWorker.RabbitMq.Connection;

/// <summary>TLS to the broker. The broker's certificate is always verified.</summary>
internal sealed class RabbitMqTlsOptions
{
    /// <summary>Whether to use TLS; an <c>amqps</c> URI says so by itself.</summary>
    public bool Enabled { get; set; }

    /// <summary>The name that the broker's certificate must carry; null for the host's.</summary>
    public string? ServerName { get; set; }

    /// <summary>A PEM file with the authorities to trust instead of the system's.</summary>
    public string? CaFile { get; set; }

    /// <summary>A PEM file with the worker's own certificate.</summary>
    public string? CertificateFile { get; set; }

    /// <summary>A PEM file with the key of that certificate.</summary>
    public string? KeyFile { get; set; }
}
