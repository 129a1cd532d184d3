using VoiceWorker.Host.Cli;
using VoiceWorker.Host.Hosting;

// The daemon is DaemonCommand, the composition root WorkerHost, the commands are in Cli.
return await CommandLine.InvokeAsync(args, new CommandContext(DaemonCommand.RunAsync, WorkerHost.CreateEmbeddedBuilder, Terminal.OfProcess()));
