using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace VoiceWorker.Host.Hosting;

/// <summary>Keeps strangers' connections from taking the process's files: few at a time, none idle for long, no bodies.</summary>
internal sealed class HttpLimits(IOptions<HttpOptions> options) : IConfigureOptions<KestrelServerOptions>
{
    public void Configure(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = 0;
        try
        {
            kestrel.Limits.MaxConcurrentConnections = options.Value.MaxConnections;
            kestrel.Limits.KeepAliveTimeout = options.Value.IdleTimeout;
            kestrel.Limits.RequestHeadersTimeout = options.Value.RequestTimeout;
        }
        catch (OptionsValidationException)
        {
            // Kestrel asks before the start checks all sections; that reports this one's mistakes with the others'.
        }
    }
}
