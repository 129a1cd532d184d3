using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace VoiceWorker.RabbitMq.Connection;

/// <summary>Opens connections as the options say. Nothing reconnects by itself: see <see cref="ReconnectLoop"/>.</summary>
internal sealed class BrokerConnector(IOptions<RabbitMqOptions> options)
{
    // A larger body than the client takes ends the connection, and the broker would deliver it again: no limit of the
    // client's then but RabbitMQ's own. The worker's limit is checked at intake.
    private const uint LargestBody = 512 * 1024 * 1024;

    /// <summary>The broker without credentials, for logs.</summary>
    public string Address { get; } = Endpoint(options.Value).Endpoint.ToString();

    /// <summary>Connects.</summary>
    /// <param name="name">The connection's name in the broker's management.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<BrokerConnection> ConnectAsync(string name, CancellationToken cancellationToken)
    {
        var factory = Factory(name);
        var certificate = ConfigureTls(factory, options.Value.Tls);
        BatchingSocket? socket = null;
        factory.SocketFactory = family => socket = new BatchingSocket(new Socket(family, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true });
        try
        {
            return new BrokerConnection(await factory.CreateConnectionAsync(cancellationToken), () => socket?.Close());
        }
        catch (BrokerUnreachableException e) when (Explain(e.GetBaseException(), factory.Ssl, certificate) is { } words)
        {
            throw new BrokerUnreachableException(new IOException(words));
        }
    }

    // Of a refused certificate the client says no more than that a callback said no; of the rest, what it saw of it.
    private static string? Explain(Exception cause, SslOption tls, BrokerCertificate? certificate) => cause switch
    {
        _ when certificate?.Refusal is { } refusal => refusal,
        AuthenticationException when tls.Enabled => $"{cause.Message} Perhaps the port speaks no TLS.",
        SocketException { SocketErrorCode: SocketError.ConnectionReset } or EndOfStreamException when !tls.Enabled => $"{cause.Message}; perhaps the port wants TLS (RabbitMq:Tls:Enabled)",
        // The broker's alert, when it was read before the connection was reset.
        SocketException { SocketErrorCode: SocketError.ConnectionReset } or EndOfStreamException or CryptographicException when tls.Certs is not { Count: > 0 } => $"{cause.Message}; perhaps the broker wants a certificate (RabbitMq:Tls:CertificateFile)",
        _ => null,
    };

    private ConnectionFactory Factory(string name)
    {
        var factory = Endpoint(options.Value);
        factory.ClientProvidedName = $"voiceworker {name}";
        if (options.Value.PasswordFile is { } file)
            factory.Password = File.ReadAllText(file).TrimEnd('\r', '\n');
        return factory;
    }

    private static ConnectionFactory Endpoint(RabbitMqOptions settings)
    {
        var factory = new ConnectionFactory
        {
            HostName = settings.Host,
            Port = settings.Port == 0 ? AmqpTcpEndpoint.UseDefaultPort : settings.Port,
            UserName = settings.User,
            Password = settings.Password ?? "guest",
            VirtualHost = settings.VirtualHost,
            AutomaticRecoveryEnabled = false,
            TopologyRecoveryEnabled = false,
            RequestedHeartbeat = settings.Heartbeat,
            RequestedConnectionTimeout = settings.ConnectTimeout,
            HandshakeContinuationTimeout = settings.ConnectTimeout,
            ContinuationTimeout = settings.ConnectTimeout,
            MaxInboundMessageBodySize = LargestBody,
        };
        factory.Ssl.Enabled = settings.Tls.Enabled;
        if (settings.Uri is not null)
            factory.Uri = new Uri(settings.Uri);
        return factory;
    }

    private static BrokerCertificate? ConfigureTls(ConnectionFactory factory, RabbitMqTlsOptions tls)
    {
        if (!factory.Ssl.Enabled)
            return null;
        factory.Ssl.ServerName = tls.ServerName ?? factory.HostName;
        if (tls.CertificateFile is not null)
            factory.Ssl.Certs = [X509Certificate2.CreateFromPemFile(tls.CertificateFile, tls.KeyFile)];
        var certificate = new BrokerCertificate(factory.Ssl.ServerName, tls.CaFile);
        factory.Ssl.CertificateValidationCallback = certificate.IsTrusted;
        return certificate;
    }
}
