using System.CommandLine;
using VoiceWorker.SttLoadTests;

// Speech recognition alone, without broker and pipeline: the onnx engine against Whisper.net where the build has it. Every
// measurement runs in a process of its own, bound to as many cores as it may have threads.
var models = new Option<string[]>("--models") { Description = "What to measure.", DefaultValueFactory = _ => ["demo", "tiny", "base"], AllowMultipleArgumentsPerToken = true };
models.AcceptOnlyFromAmong("demo", "tiny", "base");
var threads = new Option<int[]>("--threads") { Description = "Cores, and threads in all.", DefaultValueFactory = _ => [1, 2], AllowMultipleArgumentsPerToken = true };
var atOnce = new Option<int[]>("--at-once") { Description = "Jobs at once.", DefaultValueFactory = _ => [1, 8, 32], AllowMultipleArgumentsPerToken = true };
var rounds = new Option<int>("--rounds") { Description = "Rounds, engines in turn; the median counts.", DefaultValueFactory = _ => 3 };
var jobs = new Option<int>("--jobs") { Description = "Jobs.", DefaultValueFactory = _ => 10_000 };
var report = new Option<FileInfo?>("--report") { Description = "A Markdown file for the result; one that is there gets what is new at its end." };
var compare = new Command("compare", "Jobs a second of both engines on the same recordings, with 1 and 2 threads, 1, 8 and 32 jobs at once.") { models, threads, atOnce, rounds, report };
compare.SetAction((arguments, cancellation) => CompareScenario.RunAsync(arguments.GetValue(models)!, arguments.GetValue(threads)!, arguments.GetValue(atOnce)!, arguments.GetValue(rounds), arguments.GetValue(report), cancellation));
var texts = new Command("texts", "Whether both engines write the same.") { report };
texts.SetAction((arguments, cancellation) => CompareScenario.CompareTextsAsync(arguments.GetValue(report), cancellation));
var crowd = new Command("crowd", "How long short recordings take in the onnx engine beside a long one.") { report };
crowd.SetAction((arguments, cancellation) => CrowdScenario.RunAsync(arguments.GetValue(report), cancellation));
var endurance = new Command("endurance", "Memory of the onnx engine over many jobs.") { jobs, report };
endurance.SetAction((arguments, cancellation) => EnduranceScenario.RunAsync(arguments.GetValue(jobs), arguments.GetValue(report), cancellation));
var settings = new Argument<string>("settings");
var measure = new Command(MeasuringProcess.Command) { Hidden = true };
measure.Arguments.Add(settings);
measure.SetAction((arguments, cancellation) => Measurement.RunAsync(arguments.GetValue(settings)!, cancellation));
return await new RootCommand("Load tests of speech recognition.") { compare, texts, crowd, endurance, measure }.Parse(args).InvokeAsync();
