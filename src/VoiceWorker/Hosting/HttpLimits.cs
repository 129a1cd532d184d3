using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace VoiceWorker.Host.Hosting;

/// <summary>Keeps strangers' connections from taking the process's files: few at a time, none idle for long, no bodies.</summary>
internal sealed class HttpLimits(IOptions<HttpOptions> options) : IConfigureOptions<KestrelServerOptions>
{
    public void Configure(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxConcurrentConnections = options.Value.MaxConnections;
        kestrel.Limits.KeepAliveTimeout = options.Value.IdleTimeout;
        kestrel.Limits.RequestHeadersTimeout = options.Value.RequestTimeout;
        kestrel.Limits.MaxRequestBodySize = 0;
    }
}
