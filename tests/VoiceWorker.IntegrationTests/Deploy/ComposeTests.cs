using System.Globalization;
using System.Text.Json.Nodes;
using VoiceWorker.Core.Pipeline;

namespace VoiceWorker.IntegrationTests.Deploy;

public sealed class ComposeTests
{
    private static readonly string Root = RepositoryFiles.PathOf("");

    public static TheoryData<string> Workers => ["worker", "worker-gpu"];

    [Theory]
    [InlineData(null, "apertium-apy", "grafana", "prometheus", "rabbitmq", "worker")]
    [InlineData("gpu", "worker-gpu")]
    [InlineData("libretranslate", "libretranslate")]
    public async Task Profile_OfTheFile_AddsItsServices(string? profile, params string[] names) => Assert.Equal(
        names,
        (await ComposeFile.ServicesAsync()).Where(service => Strings(service, "profiles").SingleOrDefault() == profile).Select(service => service.Key).Order(StringComparer.Ordinal));

    [Fact]
    public async Task Services_Dependencies_AreThereWithoutAProfile()
    {
        var services = await ComposeFile.ServicesAsync();

        Assert.All(
            services.SelectMany(service => service.Value!["depends_on"]?.AsObject().Select(other => other.Key) ?? []),
            other => Assert.Null(services[other]!["profiles"]));
    }

    [Fact]
    public async Task Services_Images_AreOfAFixedVersion() =>
        Assert.All(await ComposeFile.ServicesAsync(), service => Assert.Matches("^[a-z/-]+:v?[0-9]+\\.[0-9]+\\.[0-9]+[a-z-]*(@sha256:[0-9a-f]{64})?$", Text(service, "image")));

    [Fact]
    public async Task Services_Each_IsLimitedAndLocked()
    {
        Assert.All(await ComposeFile.ServicesAsync(), service =>
        {
            foreach (var limit in (string[])["mem_limit", "cpus", "pids_limit", "stop_grace_period", "restart"])
                Assert.NotNull(service.Value![limit]);
            Assert.Equal(["ALL"], Strings(service, "cap_drop"));
            Assert.Equal(["no-new-privileges:true"], Strings(service, "security_opt"));
        });
    }

    [Fact]
    public async Task Services_Ports_AreOnLoopbackOnly() => Assert.All(
        (await ComposeFile.ServicesAsync()).SelectMany(service => Strings(service, "ports")), port => Assert.StartsWith("127.0.0.1:", port, StringComparison.Ordinal));

    [Fact]
    public async Task Services_MountedFiles_AreThere() => Assert.All(
        (await ComposeFile.ServicesAsync()).SelectMany(service => Strings(service, "volumes")).Where(volume => volume[0] == '/'),
        volume => Assert.True(Path.Exists(volume.Split(':')[0]), volume));

    [Fact]
    public async Task Services_Health_IsCheckedForEach()
    {
        foreach (var service in await ComposeFile.ServicesAsync())
        {
            if (service.Value!["build"]?["context"] is { } context)
                Assert.Single(new DockerfileText(Path.Combine(Path.GetRelativePath(Root, (string)context!), "Dockerfile")).All("HEALTHCHECK"));
            else
                Assert.NotNull(service.Value["healthcheck"]);
        }
    }

    [Theory, MemberData(nameof(Workers))]
    public async Task Worker_Settings_AreKnown(string worker)
    {
        var documented = await File.ReadAllTextAsync(RepositoryFiles.PathOf("docs/configuration.md"), TestContext.Current.CancellationToken);
        var environment = (await ComposeFile.ServicesAsync())[worker]!["environment"]!.AsObject();

        Assert.All(environment, variable =>
        {
            var setting = variable.Key.Split("__");
            Assert.Equal("VOICEWORKER", setting[0]);
            Assert.Contains($"| `{string.Join(':', setting[1..])}` |", documented, StringComparison.Ordinal);
        });
    }

    [Theory, MemberData(nameof(Workers))]
    public async Task Worker_Servers_AreServices(string worker)
    {
        var services = await ComposeFile.ServicesAsync();
        var addresses = services[worker]!["environment"]!.AsObject().Where(variable => variable.Key.EndsWith("BaseAddress", StringComparison.Ordinal)).Select(variable => (string)variable.Value!);

        Assert.All(addresses, address => Assert.True(services.ContainsKey(new Uri(address).Host), address));
    }

    [Fact]
    public async Task GpuWorker_Image_IsBuiltWithArgumentsThatTheBuildKnows()
    {
        var arguments = (await ComposeFile.ServicesAsync())["worker-gpu"]!["build"]!["args"]!.AsObject();
        var targets = await File.ReadAllTextAsync(RepositoryFiles.PathOf("src/VoiceWorker.WhisperNet/Package/WhisperNet.targets"), TestContext.Current.CancellationToken);

        Assert.All(arguments, argument => Assert.Contains(new DockerfileText("Dockerfile").All("ARG"), known => known.Split('=')[0] == argument.Key));
        Assert.Contains($"'$(WhisperNetGpu)' == '{arguments["GPU"]}'", targets, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GpuWorker_Device_IsReserved()
    {
        var device = (await ComposeFile.ServicesAsync())["worker-gpu"]!["deploy"]!["resources"]!["reservations"]!["devices"]!.AsArray().Single()!;

        Assert.Equal(("nvidia", 1, "gpu"), ((string?)device["driver"], (int)device["count"]!, (string?)device["capabilities"]!.AsArray().Single()));
    }

    [Theory, MemberData(nameof(Workers))]
    public async Task Worker_Stopped_HasTimeToDrain(string worker)
    {
        var grace = (string)(await ComposeFile.ServicesAsync())[worker]!["stop_grace_period"]!;
        var seconds = grace.EndsWith('m') ? 60 * Number(grace) : Number(grace);

        Assert.True(TimeSpan.FromSeconds(seconds) >= new PipelineOptions().DrainTimeout + TimeSpan.FromSeconds(20), grace);
    }

    [Fact]
    public async Task Prometheus_Config_PassesPromtool() =>
        await Tool.SucceedAsync("promtool", "check", "config", RepositoryFiles.PathOf("grafana/prometheus/prometheus.yml"));

    [Fact]
    public async Task Prometheus_Targets_AreServices()
    {
        var services = await ComposeFile.ServicesAsync();
        var config = await YamlFileAsync("grafana/prometheus/prometheus.yml");
        var scrapes = config["scrape_configs"]!.AsArray();
        var names = scrapes.SelectMany(scrape => scrape!["dns_sd_configs"]?.AsArray() ?? []).SelectMany(dns => dns!["names"]!.AsArray()).Select(name => (string)name!);
        var hosts = scrapes.SelectMany(scrape => scrape!["static_configs"]?.AsArray() ?? []).SelectMany(target => target!["targets"]!.AsArray()).Select(target => ((string)target!).Split(':')[0]);

        Assert.All(names.Concat(hosts).Where(name => name != "localhost"), name => Assert.True(services.ContainsKey(name), name));
    }

    [Fact]
    public async Task Grafana_Provisioning_FitsTheMounts()
    {
        var services = await ComposeFile.ServicesAsync();
        var source = (await YamlFileAsync("grafana/provisioning/datasources/prometheus.yml"))["datasources"]![0]!;
        var provider = (await YamlFileAsync("grafana/provisioning/dashboards/voiceworker.yml"))["providers"]![0]!;
        var mounts = Strings(new("grafana", services["grafana"]), "volumes");

        Assert.True(services.ContainsKey(new Uri((string)source["url"]!).Host));
        Assert.Contains($"{Path.Combine(Root, "grafana/dashboards")}:{provider["options"]!["path"]}:ro", mounts);
        Assert.Contains($"{Path.Combine(Root, "grafana/provisioning")}:/etc/grafana/provisioning:ro", mounts);
    }

    private static async Task<JsonNode> YamlFileAsync(string relative) =>
        await ComposeFile.YamlAsync(await File.ReadAllTextAsync(RepositoryFiles.PathOf(relative), TestContext.Current.CancellationToken));

    private static double Number(string duration) => double.Parse(duration[..^1], CultureInfo.InvariantCulture);

    private static string Text(KeyValuePair<string, JsonNode?> service, string name) => (string)service.Value![name]!;

    private static string[] Strings(KeyValuePair<string, JsonNode?> service, string name) =>
        [.. (service.Value![name]?.AsArray() ?? []).Select(value => (string)value!)];
}
