using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using VoiceWorker.Core.Pipeline;
using VoiceWorker.Host.Hosting;

namespace VoiceWorker.UnitTests.Hosting;

public sealed class HttpLimitsTests
{
    [Fact]
    public async Task Build_Always_LimitsConnectionsAndTheirTime()
    {
        await using var app = DaemonCommand.Build(["--Stt:Engine=onnx", "--Http:MaxConnections=7", "--Http:IdleTimeout=00:00:03", "--Http:RequestTimeout=00:00:02"]);
        var limits = app.Services.GetRequiredService<IOptions<KestrelServerOptions>>().Value.Limits;
        Assert.Equal((7, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(2)), (limits.MaxConcurrentConnections, limits.KeepAliveTimeout, limits.RequestHeadersTimeout));
    }

    [Theory]
    [InlineData(true, "--Http:Url=http://127.0.0.1:9480")]
    [InlineData(true, "--Http:Url=http://127.4.5.6:9480")]
    [InlineData(true, "--Http:Url=http://[::1]:9480")]
    [InlineData(true, "--Http:Url=http://LocalHost:9480")]
    [InlineData(false, "--Http:Url=http://0.0.0.0:9480")]
    [InlineData(false, "--Http:Url=http://[::]:9480")]
    [InlineData(false, "--Http:Url=http://*:9480")]
    [InlineData(false, "--Http:Url=http://worker.example:9480")]
    [InlineData(false, "--Http:Url=http://localhost.example:9480")]
    [InlineData(true, "--Http:Url=http://0.0.0.0:9480", "--Http:ServeConfiguration=true")]
    [InlineData(false, "--Http:Url=http://127.0.0.1:9480", "--Http:ServeConfiguration=false")]
    public async Task Build_AnyAddress_ServesTheConfigurationWhereNoStrangerSeesIt(bool served, params string[] settings)
    {
        await using var app = DaemonCommand.Build(["--Stt:Engine=onnx", .. settings]);
        var routes = ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().Select(endpoint => endpoint.RoutePattern.RawText);
        Assert.Equal(served, routes.Contains("/debug/config"));
    }

    [Theory]
    [InlineData(499, false)]
    [InlineData(500, true)]
    [InlineData(null, true)]
    public void OpenFilesRule_FewerFilesThanConnectionsMayTake_RefusesTheStart(int? limit, bool accepted)
    {
        var result = new OpenFilesRule(limit).Validate(null, new HttpOptions());
        Assert.Equal(accepted, result.Succeeded);
        Assert.True(accepted || result.FailureMessage!.Contains("may have only 499 files open, and needs at least 500", StringComparison.Ordinal));
    }

    [Fact]
    public void OpenFiles_WithEverythingAtWork_CountsChildrenAndConnections()
    {
        var pipeline = new PipelineOptions();
        foreach (var (_, stage) in pipeline.Stages)
            stage.Parallelism = 10;
        Assert.Equal(400 + 100 + (3 * 10 * 8) + 20, OpenFiles.Most(new HttpOptions(), pipeline));
    }

    [Fact]
    public void OpenFiles_Limit_IsTheProcesss()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux says it in /proc.");
        Assert.True(OpenFiles.Limit() is null or > 0);
    }
}
