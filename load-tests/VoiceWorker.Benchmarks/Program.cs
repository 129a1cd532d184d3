using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using VoiceWorker.Benchmarks;

// The hot paths, one class each: dotnet run -c Release --project load-tests/VoiceWorker.Benchmarks -- --filter '*'
// In process: nothing has to be restored or built to run them.
var config = DefaultConfig.Instance
    .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
    .HideColumns(Column.Error, Column.RatioSD, Column.Gen0, Column.Gen1, Column.Gen2);
BenchmarkSwitcher.FromAssembly(typeof(PipelinePassage).Assembly).Run(args, config);
