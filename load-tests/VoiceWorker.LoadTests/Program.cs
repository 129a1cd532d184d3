using System.CommandLine;
using VoiceWorker.LoadTests.Commands;
using VoiceWorker.LoadTests.Contestants;

// One command a question; each starts a private broker, measures against a named baseline in the same run, and writes
// its report where it is told to. README.md says which command answers what.
var contestant = new Command("contestant", "Used by the others: the process that answers jobs.") { Hidden = true };
contestant.SetAction((_, cancellationToken) => ContestantCommand.RunAsync(cancellationToken));
return await new RootCommand("VoiceWorker's load tests.") { new ThroughputCommand(), new CompareCommand(), new RunCommand(), new MemoryCommand(), contestant }.Parse(args).InvokeAsync();
