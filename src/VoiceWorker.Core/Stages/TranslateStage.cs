using System.Text;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Contract.Replies;
using VoiceWorker.Contract.Texts;
using VoiceWorker.Core.Pipeline;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.Core.Stages;

/// <summary>Text to text. What has no words, silence or emoji alone, has nothing to translate and passes.</summary>
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
        var plain = PlainText.Of(input.Text);
        if (plain.Length == 0)
            return new(input, "", target);

        await context.ReportAsync(ProgressEvent.Translating);
        // What was recognised is in the recogniser's script, whatever the job says.
        var source = job.Input is TextInput ? job.SourceVariant ?? input.Language : input.Language;
        var translated = plain.EnumerateRunes().Any(Rune.IsLetter)
            ? await translator.TranslateAsync(plain, source, job.TargetVariant ?? target, cancellationToken)
            : null;
        var text = WhiteSpace.SurroundLike(translated is null ? plain : Answer(translated), input.Text);
        await context.ReportAsync(ProgressEvent.Translated, text);
        return new(translated is null ? input : input with { Language = input.Language ?? translated.SourceLanguage }, text, target);
    }

    // Apertium begins with a space at times, models with empty lines; a server may answer with nothing, which is no translation.
    private string Answer(TranslatedText translated) => WhiteSpace.Tidy(translated.Text) is { Length: > 0 } text
        ? text
        : throw EngineException.Transient(ErrorCode.TranslationFailed, $"{translator.Name} answered with an empty translation.");
}
