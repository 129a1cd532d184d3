using System.Globalization;
using System.Text.Json.Nodes;
using k8s;
using k8s.Models;

namespace VoiceWorker.IntegrationTests.Deploy;

/// <summary>The manifests in <c>deploy/kubernetes</c>, read with the Kubernetes API's own types: a field that the API does not know is an error.</summary>
internal static class KubernetesManifests
{
    private static readonly Dictionary<string, Type> Types = new()
    {
        ["apps/v1/Deployment"] = typeof(V1Deployment),
        ["v1/Service"] = typeof(V1Service),
        ["v1/ConfigMap"] = typeof(V1ConfigMap),
        ["policy/v1/PodDisruptionBudget"] = typeof(V1PodDisruptionBudget),
        ["networking.k8s.io/v1/NetworkPolicy"] = typeof(V1NetworkPolicy),
    };

    /// <summary>The folder of the manifests.</summary>
    public static string Folder => RepositoryFiles.PathOf("deploy/kubernetes");

    /// <summary>Every object of a file of the base.</summary>
    public static IReadOnlyList<object> Read(string file) => KubernetesYaml.LoadAllFromString(File.ReadAllText(Path.Combine(Folder, "base", file)), Types, strict: true);

    /// <summary>Every object of a rendered kustomization that belongs to Kubernetes itself.</summary>
    public static IReadOnlyList<object> ReadRendered(string yaml) => KubernetesYaml.LoadAllFromString(
        string.Join("\n---\n", yaml.Split("\n---\n").Where(document => !document.Contains("apiVersion: keda.sh/", StringComparison.Ordinal))), Types, strict: true);

    /// <summary>Renders a kustomization; skips the test where kubectl is missing, or older than 1.21, which cannot: Debian 12's is 1.20.</summary>
    public static async Task<string> RenderAsync(string folder)
    {
        var version = await Tool.SucceedAsync("kubectl", "version", "--client", "--output=json");
        var minor = (string)JsonNode.Parse(version)!["clientVersion"]!["minor"]!;
        Assert.SkipWhen(int.Parse(minor.TrimEnd('+'), CultureInfo.InvariantCulture) < 21, $"kubectl 1.{minor} cannot read these kustomizations; 1.21 and newer can (Debian 12 has 1.20).");
        return await Tool.SucceedAsync("kubectl", "kustomize", Path.Combine(Folder, folder));
    }

    /// <summary>The one object of a type.</summary>
    public static T Single<T>(string file, string name)
        where T : IKubernetesObject<V1ObjectMeta> => Read(file).OfType<T>().Single(found => found.Metadata.Name == name);
}
