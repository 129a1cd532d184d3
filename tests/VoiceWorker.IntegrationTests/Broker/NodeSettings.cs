using System.Globalization;

namespace VoiceWorker.IntegrationTests.Broker;

/// <summary>Where a node keeps its things and which ports it has.</summary>
/// <param name="Binaries">The folder of rabbitmq-server.</param>
/// <param name="Folder">Everything that the node writes.</param>
/// <param name="AmqpPort">For clients.</param>
/// <param name="MapperPort">For Erlang's port mapper, which would else be the system's.</param>
/// <param name="DistributionPort">For erl_call, and for rabbitmqctl by hand.</param>
internal sealed record NodeSettings(string Binaries, string Folder, int AmqpPort, int MapperPort, int DistributionPort)
{
    // Another RabbitMQ than the installed one: the folder that holds its rabbitmq-server.
    private const string FolderVariable = "VOICEWORKER_TEST_RABBITMQ";

    private const string Missing = "rabbitmq-server is not installed. ./test.sh installs what the tests need; or: apt-get install rabbitmq-server";

    // Debian's own scripts: those in /usr/sbin would become the user rabbitmq.
    private static readonly string[] BinaryFolders = ["/usr/lib/rabbitmq/bin", "/opt/rabbitmq/sbin", "/usr/local/sbin", "/opt/homebrew/sbin"];

    /// <summary>Makes the folder and the configuration of a new node.</summary>
    public static NodeSettings Create(string configuration, string advanced)
    {
        var binaries = FindBinaries();
        var settings = new NodeSettings(binaries, Directory.CreateTempSubdirectory("voiceworker-rabbitmq-").FullName, FreePort.Next(), FreePort.Next(), FreePort.Next());
        File.WriteAllText(Path.Combine(settings.Folder, "rabbitmq.conf"), $"""
            listeners.tcp.1 = 127.0.0.1:{settings.AmqpPort}
            vm_memory_high_watermark.absolute = 1GB
            disk_free_limit.absolute = 10MB
            raft.wal_max_size_bytes = 33554432
            log.console = true
            log.console.level = warning
            log.file = false
            {configuration}

            """);
        File.WriteAllText(Path.Combine(settings.Folder, "advanced.config"), $"[{{rabbit, [{advanced}]}}].\n");
        File.WriteAllText(Path.Combine(settings.Folder, "enabled_plugins"), "[].\n");
        File.WriteAllText(Path.Combine(settings.Folder, "env.conf"), "");
        return settings;
    }

    /// <summary>Sets the environment of the node and of its tools.</summary>
    public void CopyTo(IDictionary<string, string?> environment)
    {
        string Inside(string name) => Path.Combine(Folder, name);
        environment["RABBITMQ_BIN"] = Binaries;
        environment["NODE_FOLDER"] = Folder;
        // The cookie lies in the home folder.
        environment["HOME"] = Folder;
        environment["ERL_EPMD_ADDRESS"] = "127.0.0.1";
        environment["ERL_EPMD_PORT"] = Text(MapperPort);
        environment["RABBITMQ_NODENAME"] = $"voiceworker-{AmqpPort}@localhost";
        environment["RABBITMQ_NODE_IP_ADDRESS"] = "127.0.0.1";
        environment["RABBITMQ_NODE_PORT"] = Text(AmqpPort);
        environment["RABBITMQ_DIST_PORT"] = Text(DistributionPort);
        environment["RABBITMQ_CTL_DIST_PORT_MIN"] = environment["RABBITMQ_CTL_DIST_PORT_MAX"] = "0";
        environment["RABBITMQ_CONFIG_FILE"] = Inside("rabbitmq.conf");
        environment["RABBITMQ_ADVANCED_CONFIG_FILE"] = Inside("advanced.config");
        environment["RABBITMQ_CONF_ENV_FILE"] = Inside("env.conf");
        environment["RABBITMQ_ENABLED_PLUGINS_FILE"] = Inside("enabled_plugins");
        environment["RABBITMQ_MNESIA_BASE"] = Inside("data");
        environment["RABBITMQ_LOG_BASE"] = Inside("log");
        environment["RABBITMQ_GENERATED_CONFIG_DIR"] = Inside("generated");
        environment["RABBITMQ_PID_FILE"] = Inside("pid");
        // The queues' statistics, which nobody here looks at, are gathered every five minutes instead of five seconds.
        environment["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "+A 16 -kernel inet_dist_use_interface {127,0,0,1} -rabbit quorum_tick_interval 300000";
    }

    private static string FindBinaries()
    {
        var folders = Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } folder ? [folder] : BinaryFolders;
        return folders.FirstOrDefault(candidate => File.Exists(Path.Combine(candidate, "rabbitmq-server")))
            ?? throw new InvalidOperationException(folders == BinaryFolders ? Missing : $"{FolderVariable} names {folders[0]}, where there is no rabbitmq-server.");
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
