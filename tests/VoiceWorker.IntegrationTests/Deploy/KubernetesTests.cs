using System.Text.Json.Nodes;
using k8s.Models;
using VoiceWorker.Core.Pipeline;
using VoiceWorker.RabbitMq;

namespace VoiceWorker.IntegrationTests.Deploy;

public sealed class KubernetesTests
{
    private const string Image = "voiceworker";

    public static TheoryData<string> Deployments => ["worker.yaml", "apertium.yaml"];

    public static TheoryData<string> Files =>
        [.. Directory.EnumerateFiles(Path.Combine(KubernetesManifests.Folder, "base"), "*.yaml").Select(file => Path.GetFileName(file)!).Where(file => file != "kustomization.yaml")];

    private static V1Deployment Worker => KubernetesManifests.Single<V1Deployment>("worker.yaml", "voiceworker");

    [Theory, MemberData(nameof(Files))]
    public void Manifest_OfTheBase_HasOnlyFieldsThatKubernetesKnows(string file) => Assert.NotEmpty(KubernetesManifests.Read(file));

    [Fact]
    public void Manifest_WithAMisspeltField_IsRefused() => Assert.ThrowsAny<Exception>(() =>
        KubernetesManifests.ReadRendered("apiVersion: v1\nkind: Service\nmetadata:\n  name: x\nspec:\n  selektor: {a: b}\n"));

    [Theory, InlineData("base"), InlineData("keda")]
    public async Task Kustomization_Rendered_HasOnlyFieldsThatKubernetesKnows(string folder)
    {
        var rendered = await KubernetesManifests.RenderAsync(folder);

        Assert.Equal(2, KubernetesManifests.ReadRendered(rendered).OfType<V1Deployment>().Count());
    }

    [Fact]
    public async Task Kustomization_WithKeda_LeavesTheNumberOfWorkersToIt()
    {
        var rendered = await KubernetesManifests.RenderAsync("keda");

        Assert.Null(KubernetesManifests.ReadRendered(rendered).OfType<V1Deployment>().Single(deployment => deployment.Metadata.Name == "voiceworker").Spec.Replicas);
    }

    [Theory, MemberData(nameof(Deployments))]
    public void Pod_OfADeployment_FitsTheRestrictedPodSecurityStandard(string file)
    {
        var pod = KubernetesManifests.Read(file).OfType<V1Deployment>().Single().Spec.Template.Spec;

        Assert.Equal((true, "RuntimeDefault"), (pod.SecurityContext.RunAsNonRoot, pod.SecurityContext.SeccompProfile.Type));
        Assert.All(pod.Containers, container =>
        {
            Assert.Equal((false, true), (container.SecurityContext.AllowPrivilegeEscalation, container.SecurityContext.ReadOnlyRootFilesystem));
            Assert.Equal(["ALL"], container.SecurityContext.Capabilities.Drop);
        });
    }

    [Theory, MemberData(nameof(Deployments))]
    public void Pod_OfADeployment_HasLimitsAndProbes(string file) =>
        Assert.All(KubernetesManifests.Read(file).OfType<V1Deployment>().Single().Spec.Template.Spec.Containers, container =>
        {
            Assert.Equal(["cpu", "memory"], container.Resources.Limits.Keys.Order());
            Assert.All([container.StartupProbe, container.LivenessProbe, container.ReadinessProbe], Assert.NotNull);
        });

    [Theory, MemberData(nameof(Deployments))]
    public void Labels_OfADeployment_MatchItsSelector(string file)
    {
        var deployment = KubernetesManifests.Read(file).OfType<V1Deployment>().Single();

        Assert.Equal(deployment.Spec.Selector.MatchLabels, deployment.Spec.Template.Metadata.Labels);
    }

    [Fact]
    public void Budget_OfDisruptions_IsTheWorkers() => Assert.Equal(
        Worker.Spec.Template.Metadata.Labels, KubernetesManifests.Single<V1PodDisruptionBudget>("disruption.yaml", "voiceworker").Spec.Selector.MatchLabels);

    [Fact]
    public void Worker_Terminated_HasTimeToDrain() => Assert.True(
        TimeSpan.FromSeconds(Worker.Spec.Template.Spec.TerminationGracePeriodSeconds!.Value) >= new PipelineOptions().DrainTimeout + TimeSpan.FromSeconds(20));

    [Fact]
    public void Worker_Image_IsTheOneOfTheDockerfile()
    {
        var kustomization = File.ReadAllText(Path.Combine(KubernetesManifests.Folder, "base/kustomization.yaml"));
        var tag = File.ReadAllLines(RepositoryFiles.PathOf("docker-compose.yml")).Single(line => line.Trim().StartsWith($"image: {Image}:", StringComparison.Ordinal)).Split(':')[^1];

        Assert.Contains($"- name: {Image}\n    newTag: {tag}\n", kustomization, StringComparison.Ordinal);
        Assert.Equal(Image, Worker.Spec.Template.Spec.Containers.Single().Image);
    }

    [Fact]
    public async Task Worker_Settings_AreKnown()
    {
        var documented = await File.ReadAllTextAsync(RepositoryFiles.PathOf("docs/configuration.md"), TestContext.Current.CancellationToken);
        var settings = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(KubernetesManifests.Folder, "base/appsettings.json"), TestContext.Current.CancellationToken))!;

        Assert.All(Leaves("", settings).Where(path => !path.StartsWith("Logging:", StringComparison.Ordinal)), path => Assert.Contains($"| `{path}` |", documented, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Scaling_ByTheQueue_CountsTheJobsInHandOfTheWorkersQueue()
    {
        var scaling = (await File.ReadAllTextAsync(Path.Combine(KubernetesManifests.Folder, "keda/scaling.yaml"), TestContext.Current.CancellationToken)).Split("\n---\n");
        var scaled = (await ComposeFile.YamlAsync(scaling[1]))["spec"]!;
        var trigger = scaled["triggers"]!.AsArray().Single()!;

        Assert.Equal("voiceworker", (string?)scaled["scaleTargetRef"]!["name"]);
        Assert.Equal((AmqpNames.Jobs, "http", "false"), ((string?)trigger["metadata"]!["queueName"], (string?)trigger["metadata"]!["protocol"], (string?)trigger["metadata"]!["excludeUnacknowledged"]));
        Assert.Equal((string?)(await ComposeFile.YamlAsync(scaling[0]))["metadata"]!["name"], (string?)trigger["authenticationRef"]!["name"]);
    }

    private static IEnumerable<string> Leaves(string path, JsonNode? node) => node is JsonObject section
        ? section.SelectMany(member => Leaves(path.Length == 0 ? member.Key : $"{path}:{member.Key}", member.Value))
        : [path];
}
