using System.IO.Compression;
using CliWrap;
using CliWrap.Buffered;
using VoiceWorker.IntegrationTests.Deploy;

namespace VoiceWorker.IntegrationTests.WhisperNet;

/// <summary>
/// The build with and without Whisper.net on the package feed: a small project with the real targets and a feed that is
/// a folder of its own. In it, <c>Engine/</c> holds a file that does not compile, to see whether it is compiled.
/// </summary>
public sealed class PackageProbeTests : IDisposable
{
    private const string LeftOut = "The package feed has no Whisper.net";
    private const string CompiledIn = "error CS1029: #error: 'the engine is compiled'";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("voiceworker-probe-");

    public PackageProbeTests()
    {
        var targets = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../../src/VoiceWorker.WhisperNet/Package"));
        foreach (var file in Directory.EnumerateFiles(targets))
            Write($"app/Package/{Path.GetFileName(file)}", File.ReadAllText(file));
        Write("Directory.Build.props", "<Project><PropertyGroup><TargetFramework>net10.0</TargetFramework><NuGetAudit>false</NuGetAudit></PropertyGroup></Project>");
        Write("Directory.Packages.props", """
            <Project>
              <PropertyGroup><ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally></PropertyGroup>
              <ItemGroup><PackageVersion Include="Whisper.net;Whisper.net.Runtime" Version="1.9.1" /></ItemGroup>
            </Project>
            """);
        Write("nuget.config", "<configuration><packageSources><clear /><add key=\"feed\" value=\"feed\" /></packageSources></configuration>");
        Write("app/app.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\"><Import Project=\"Package/WhisperNet.targets\" /></Project>");
        Write("app/Engine/Engine.cs", "#error the engine is compiled");
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "feed"));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Build_FeedWithAnotherVersion_LeavesTheEngineOut()
    {
        Pack("1.9.2");

        var (succeeded, output) = await BuildAsync();

        Assert.True(succeeded, output);
        Assert.Contains(LeftOut, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Build_FeedWithoutWhisperNet_LeavesTheEngineOutAndAsksAgainOnlyWhenTold()
    {
        var without = await BuildAsync();
        Pack("1.9.1");

        var remembered = await BuildAsync();
        Directory.Delete(Path.Combine(_folder.FullName, "app/obj/probe"), recursive: true);
        var asked = await BuildAsync();

        Assert.True(without.Succeeded, without.Output);
        Assert.Contains(LeftOut, without.Output, StringComparison.Ordinal);
        Assert.Contains(LeftOut, remembered.Output, StringComparison.Ordinal);
        Assert.Contains(CompiledIn, asked.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Build_UnknownGpu_ListsTheKnown()
    {
        var (succeeded, output) = await BuildAsync("-p:WhisperNetGpu=quantum");

        Assert.False(succeeded);
        Assert.Contains("WhisperNetGpu is 'quantum'; it may be cuda, cuda12, vulkan or empty.", output, StringComparison.Ordinal);
    }

    private async Task<(bool Succeeded, string Output)> BuildAsync(params string[] arguments)
    {
        var result = await Cli.Wrap("dotnet")
            .WithArguments(["build", "app", "-m:1", .. arguments])
            .WithWorkingDirectory(_folder.FullName)
            .WithEnvironmentVariables(variables => variables.Set(BuildServers.Environment)
                .Set("NUGET_PACKAGES", Path.Combine(_folder.FullName, "packages"))
                .Set("RestoreAdditionalProjectSources", null)
                .Set("RestoreSources", null))
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(TestContext.Current.CancellationToken);
        return (result.IsSuccess, result.StandardOutput + result.StandardError);
    }

    private void Pack(string version)
    {
        foreach (var id in (string[])["Whisper.net", "Whisper.net.Runtime"])
        {
            using var package = ZipFile.Open(Path.Combine(_folder.FullName, $"feed/{id}.{version}.nupkg"), ZipArchiveMode.Create);
            using var nuspec = new StreamWriter(package.CreateEntry($"{id}.nuspec").Open());
            nuspec.Write($"<package><metadata><id>{id}</id><version>{version}</version><authors>nobody</authors><description>for a test</description></metadata></package>");
        }
    }

    private void Write(string path, string text)
    {
        var file = new FileInfo(Path.Combine(_folder.FullName, path));
        file.Directory!.Create();
        File.WriteAllText(file.FullName, text);
    }
}
