using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace VoiceWorker.IntegrationTests.Translating;

/// <summary>An HTTP server on a free loopback port.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private TestServer(WebApplication application) => (_application, Address) = (application, new Uri(application.Urls.Single()));

    public Uri Address { get; }

    public static async Task<TestServer> StartAsync(Action<WebApplication> map)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolver = new System.Text.Json.Serialization.Metadata.DefaultJsonTypeInfoResolver());
        var application = builder.Build();
        map(application);
        await application.StartAsync();
        return new TestServer(application);
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();
}
