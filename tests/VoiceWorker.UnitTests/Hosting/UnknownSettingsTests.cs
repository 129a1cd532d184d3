using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using VoiceWorker.Host.Hosting;
using VoiceWorker.Host.Hosting.Settings;
using VoiceWorker.UnitTests.Docs;

namespace VoiceWorker.UnitTests.Hosting;

/// <summary>A setting that nobody reads is a mistake, and is told with what may have been meant.</summary>
public sealed partial class UnknownSettingsTests
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(Here(), "../../.."));

    [Theory]
    [InlineData("Translation:LibreTranslate:Url", "Translation:LibreTranslate:BaseAddress")]
    [InlineData("Translation:Apertium:Endpoint", "Translation:Apertium:BaseAddress")]
    [InlineData("Pipeline:Decode:Paralelism", "Pipeline:Decode:Parallelism")]
    [InlineData("Pipeline:Transcribe:TimeOuts", "Pipeline:Transcribe:Timeout")]
    [InlineData("RabbitMq:Hostname", "RabbitMq:Host")]
    [InlineData("RabbitMq:Pass", "RabbitMq:Password")]
    [InlineData("RabbitMq:PasswrodFile", "RabbitMq:PasswordFile")]
    [InlineData("RabbitMQ:Tls:CaFiel", "RabbitMq:Tls:CaFile")]
    [InlineData("Transaltion:Engine", "Translation:Engine")]
    [InlineData("LibreTranslate:BaseAddress", "Translation:LibreTranslate:BaseAddress")]
    [InlineData("RabbitMq_Uri", "RabbitMq:Uri")]
    [InlineData("Stt:Onnx:BeamSze", "Stt:Onnx:BeamSize")]
    public void Unknown_MistypedSetting_NamesTheNearest(string wrong, string right) =>
        Assert.EndsWith($"Did you mean {right}?", Assert.Single(Unknown(wrong)), StringComparison.Ordinal);

    [Fact]
    public void Unknown_NothingIsNear_ListsTheSection() =>
        Assert.Equal("There is no setting FinishedJobs:Colour (command line). FinishedJobs has Retention, MaxBytes, WaitForFirst, Redis, RedisPasswordFile, RedisTimeout.", Assert.Single(Unknown("FinishedJobs:Colour")));

    [Fact]
    public void Unknown_NoSuchSection_ListsTheSections() =>
        Assert.Contains("The sections are Pipeline, RabbitMq, FinishedJobs, ", Assert.Single(Unknown("Weather:Tomorrow")), StringComparison.Ordinal);

    [Theory]
    [InlineData("pipeline:decode:PARALLELISM")]
    [InlineData("RabbitMq:RetryDelays:0")]
    [InlineData("Stt:Models:Files:clinic")]
    [InlineData("Stt:OpenAi:ApiKey")]
    [InlineData("Logging:LogLevel:Default")]
    [InlineData("Logging:Json")]
    [InlineData("Kestrel:Certificates:Default:Path")]
    public void Unknown_SettingThatExists_IsNone(string key) => Assert.Empty(Unknown(key));

    [Theory]
    [InlineData("RabbitMq:Uri:0")]
    [InlineData("RabbitMq")]
    [InlineData("Pipeline:Decode")]
    public void Unknown_PartOrWholeOfASetting_IsAMistake(string key) => Assert.Single(Unknown(key));

    [Theory]
    // A service called voiceworker--rabbitmq or voiceworker--http in the same namespace; anything else does not begin like ours.
    [InlineData("RABBITMQ_PORT")]
    [InlineData("RABBITMQ_SERVICE_HOST")]
    [InlineData("RABBITMQ_SERVICE_PORT_AMQP_TLS")]
    [InlineData("HTTP_PORT_9480_TCP_ADDR")]
    [InlineData("HTTP__URL_PORT_80_TCP_PROTO")]
    public void Unknown_VariablesOfKubernetes_AreNone(string variable) => Assert.Empty(UnknownInEnvironment(variable));

    [Fact]
    public void Unknown_OwnVariables_AreToldByTheirNames()
    {
        Assert.StartsWith("There is no setting RabbitMq:Hots (environment variable VOICEWORKER__RabbitMq__Hots). Did you mean RabbitMq:Host?", Assert.Single(UnknownInEnvironment("RabbitMq__Hots")), StringComparison.Ordinal);
        Assert.EndsWith("Did you mean RabbitMq:Uri?", Assert.Single(UnknownInEnvironment("RabbitMq_Uri")), StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_FileOfAnotherProgram_ItsSectionsAreItsOwn()
    {
        const string Json = """{ "AllowedHosts": "*", "ConnectionStrings": { "Default": "secret" }, "Transaltion": { "Engine": "apertium" }, "RabbitMq": { "Hots": "x" } }""";
        var folder = Directory.CreateTempSubdirectory("voiceworker-");
        File.WriteAllText(Path.Combine(folder.FullName, "appsettings.json"), Json);
        var unknown = SettingsCheck.Unknown(new ConfigurationBuilder().AddJsonFile(Path.Combine(folder.FullName, "appsettings.json")).Build());
        folder.Delete(recursive: true);

        Assert.Equal(2, unknown.Count);
        Assert.All(unknown, complaint => Assert.Contains("appsettings.json)", complaint, StringComparison.Ordinal));
        Assert.Contains(unknown, complaint => complaint.Contains("Translation:Engine", StringComparison.Ordinal));
    }

    [Fact]
    public void Unknown_AnyValue_IsNotQuoted() =>
        Assert.DoesNotContain("hunter2", Assert.Single(SettingsCheck.Unknown(new ConfigurationBuilder().AddCommandLine(["--RabbitMq:Passwort=hunter2"]).Build())), StringComparison.Ordinal);

    [Fact]
    public void Build_UnknownSettingsAndOtherMistakes_AreAllReportedTogether()
    {
        var refusal = Assert.Throws<AggregateException>(() => DaemonCommand.Build(
            ["--Stt:Engine=onnx", "--Translation:LibreTranslate:Url=http://x", "--Pipeline:Decode:Paralelism=2", "--RabbitMq:Port=99999", "--RabbitMq:Heartbeat=soon"]));
        Assert.All(
            (string[])["Did you mean Translation:LibreTranslate:BaseAddress?", "Did you mean Pipeline:Decode:Parallelism?", "'soon' at 'RabbitMq:Heartbeat'"],
            words => Assert.Contains(words, refusal.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Pipeline:Publish:Timeout")]
    [InlineData("pipeline:settle:retrydelay")]
    public void Removed_SettingOfTheLastVersion_IsWarnedOfAndNoMistake(string key)
    {
        var configuration = Configuration(key);
        Assert.Empty(SettingsCheck.Unknown(configuration));
        Assert.Contains("has no effect any more: ", Assert.Single(SettingsCheck.Removed(configuration)), StringComparison.Ordinal);
    }

    [Fact]
    public void Renamed_SettingOfTheLastVersion_WorksAndIsWarnedOf()
    {
        using var configuration = new ConfigurationManager();
        configuration.AddCommandLine(["--RabbitMq:SuspectAfter=7"]);

        RenamedSettings.Apply(configuration);

        Assert.Equal("7", configuration["RabbitMq:IsolateAfterDeliveries"]);
        Assert.Empty(SettingsCheck.Unknown(configuration));
        Assert.Contains("is called RabbitMq:IsolateAfterDeliveries now", Assert.Single(SettingsCheck.Renamed(configuration)), StringComparison.Ordinal);
    }

    [Fact]
    public void KnownSettings_HasEverySectionThatTheDocumentsHave()
    {
        var table = new OptionsTable();
        table.Build();
        Assert.All(table.Keys.Select(key => key.Replace("<Stage>", "Decode", StringComparison.Ordinal)), key => Assert.True(KnownSettings.Has(key) || KnownSettings.All.Any(known => known.StartsWith(key + ":", StringComparison.Ordinal)), key));
    }

    [Fact]
    public void SettingsOfDeployments_Exist()
    {
        var files = Directory.EnumerateFiles(Path.Combine(Root, "deploy"), "*", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(Path.Combine(Root, "docs"), "*.md"))
            .Concat(new[] { "docker-compose.yml", "Dockerfile", "README.md", "demo.sh" }.Select(name => Path.Combine(Root, name)));
        var variables = files.SelectMany(file => Variable().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value)).Distinct().ToList();
        Assert.NotEmpty(variables);
        Assert.All(variables, variable => Assert.True(KnownSettings.Has(variable.Replace("__", ":", StringComparison.Ordinal)), variable));
    }

    private static IReadOnlyList<string> Unknown(string key) => SettingsCheck.Unknown(Configuration(key));

    private static IConfigurationRoot Configuration(string key) => new ConfigurationBuilder().AddCommandLine([$"--{key}=x"]).Build();

    private static IReadOnlyList<string> UnknownInEnvironment(string variable)
    {
        // Variables of the process are every other test's, too.
        var source = new EnvironmentVariablesConfigurationSource { Prefix = WorkerHost.EnvironmentPrefix + Guid.NewGuid().ToString("N") };
        Environment.SetEnvironmentVariable(source.Prefix + variable, "tcp://10.0.0.1:80");
        var unknown = SettingsCheck.Unknown(new ConfigurationBuilder().Add(source).Build());
        Environment.SetEnvironmentVariable(source.Prefix + variable, null);
        return unknown;
    }

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;

    [GeneratedRegex("VOICEWORKER__([A-Za-z0-9_]+)")]
    private static partial Regex Variable();
}
