using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace VoiceWorker.Engines.Http;

/// <summary>Registers the named clients of engines behind an HTTP address.</summary>
internal static class HttpEngineServiceCollectionExtensions
{
    /// <summary>Adds a client whose settings come from validated options.</summary>
    /// <param name="services">The container's services.</param>
    /// <param name="name">The client's name.</param>
    /// <param name="address">The server's base address; null where requests carry absolute addresses of this machine.</param>
    /// <param name="bearerKey">The key to send as a bearer token (RFC 6750), asked for with every request; null for none.</param>
    public static IServiceCollection AddEngineHttp<TOptions>(
        this IServiceCollection services, string name, Func<TOptions, Uri?> address, Func<TOptions, string?>? bearerKey = null)
        where TOptions : HttpEngineOptions
    {
        services.AddHttpClient(name)
            .ConfigureHttpClient((provider, client) =>
            {
                var options = provider.GetRequiredService<IOptions<TOptions>>().Value;
                client.BaseAddress = WithSlash(address(options));
                client.Timeout = options.Timeout;
                client.MaxResponseContentBufferSize = options.MaxResponseBytes;
                if (bearerKey?.Invoke(options) is { } key)
                    client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
            })
            .UseSocketsHttpHandler((handler, provider) =>
            {
                handler.PooledConnectionLifetime = TimeSpan.FromMinutes(5);
                handler.ConnectTimeout = TimeSpan.FromSeconds(5);
                // Job text and keys go to the configured server and nowhere else.
                handler.AllowAutoRedirect = false;
                handler.UseCookies = false;
                // A proxy has no business between the worker and a server that the worker started itself.
                handler.UseProxy = address(provider.GetRequiredService<IOptions<TOptions>>().Value) is not null;
            })
            // PooledConnectionLifetime already follows changes in DNS.
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            // The pipeline logs and measures stages; four lines a request would drown that.
            .RemoveAllLoggers();
        return services;
    }

    /// <summary>Relative addresses replace everything behind the base address's last slash (RFC 3986, section 5.2.3).</summary>
    private static Uri? WithSlash(Uri? address) =>
        address is null || address.AbsolutePath.EndsWith('/') ? address : new Uri(address.AbsoluteUri + "/");
}
