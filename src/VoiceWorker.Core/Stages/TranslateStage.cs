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

        var target = context.Job.TargetLanguage;
        if (input.Text.Length == 0)
            return new(input, "", target);

        await context.ReportAsync(ProgressEvent.Translating);
        var translated = await translator.TranslateAsync(input.Text, input.Language, target, cancellationToken);
        await context.ReportAsync(ProgressEvent.Translated, translated.Text);
        return new(input with { Language = translated.SourceLanguage }, translated.Text, target);
    }
}
