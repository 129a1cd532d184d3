using VoiceWorker.Core.Messages;
using VoiceWorker.Core.Pipeline;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.Core.Stages;

/// <summary>Text to text. A transcript without words has nothing to translate and passes.</summary>
internal sealed class TranslateStage(ITranslator translator) : IStage<Transcript, Translation>
{
    public Stage Stage => Stage.Translate;

    public async ValueTask<Translation> RunAsync(JobContext context, Transcript input, CancellationToken cancellationToken)
    {
        if (context.Job.Input is TextInput)
        {
            await context.ReportAsync(ProgressEvent.Started);
            await context.ReportAsync(ProgressEvent.TextProcessing);
        }

        var job = context.Job;
        var target = job.TargetLanguage;
        if (input.Text.Length == 0)
            return new(input, "", target);

        await context.ReportAsync(ProgressEvent.Translating);
        // What was recognised is in the recogniser's script, whatever the job says.
        var source = job.Input is TextInput ? job.SourceVariant ?? input.Language : input.Language;
        var translated = await translator.TranslateAsync(input.Text, source, job.TargetVariant ?? target, cancellationToken);
        await context.ReportAsync(ProgressEvent.Translated, translated.Text);
        return new(input with { Language = input.Language ?? translated.SourceLanguage }, translated.Text, target);
    }
}
