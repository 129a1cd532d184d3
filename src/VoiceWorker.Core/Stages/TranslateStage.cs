using System.Text;
using VoiceWorker.Core.Messages;
using VoiceWorker.Core.Pipeline;
using VoiceWorker.Core.Ports;
using VoiceWorker.Core.Texts;

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

        var target = context.Job.TargetLanguage;
        var plain = PlainText.Of(input.Text);
        if (plain.Length == 0)
            return new(input, "", target);

        await context.ReportAsync(ProgressEvent.Translating);
        var translated = plain.EnumerateRunes().Any(Rune.IsLetter)
            ? await translator.TranslateAsync(plain, input.Language, target, cancellationToken)
            : null;
        var text = WhiteSpace.SurroundLike(translated is null ? plain : Answer(translated), input.Text);
        await context.ReportAsync(ProgressEvent.Translated, text);
        return new(translated is null ? input : input with { Language = translated.SourceLanguage }, text, target);
    }

    // Apertium begins with a space at times, models with empty lines; a server may answer with nothing, which is no translation.
    private string Answer(TranslatedText translated) => WhiteSpace.Tidy(translated.Text) is { Length: > 0 } text
        ? text
        : throw EngineException.Transient(ErrorCode.TranslationFailed, $"{translator.Name} answered with an empty translation.");
}
