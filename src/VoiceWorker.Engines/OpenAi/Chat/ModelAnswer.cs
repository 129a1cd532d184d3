using System.Text.RegularExpressions;
using VoiceWorker.Engines.Translation;

namespace VoiceWorker.Engines.OpenAi.Chat;

/// <summary>
/// Takes from a chat model's answer what is no translation: the thoughts of reasoning models that their server did not
/// part from the answer, and the wrapping that models add although they are told not to. Only what is beyond doubt: what
/// the text itself has stays.
/// </summary>
internal static partial class ModelAnswer
{
    private const string Quotes = "\"\"“”«»„“「」''‘’";

    /// <summary>The translation in an answer.</summary>
    /// <param name="answer">The model's words.</param>
    /// <param name="source">What was to be translated.</param>
    /// <param name="target">ISO 639-1 code of the wanted language.</param>
    /// <returns>Empty when there is none, but thoughts.</returns>
    public static string Translation(string answer, string source, string target)
    {
        var text = LeftOverMarks.Replace(WithoutThoughts(answer, source), "").Trim();
        text = Fenced.Match(text) is { Success: true } fence && !source.Contains("```", StringComparison.Ordinal) ? fence.Groups["text"].Value.Trim() : text;
        text = WithoutHeading(text, source, target);
        return WithoutQuotes(text, source.Trim());
    }

    private static string WithoutThoughts(string answer, string source)
    {
        // gpt-oss: whatever is said before the channel of the answer.
        if (answer.LastIndexOf("<|channel|>final<|message|>", StringComparison.Ordinal) is >= 0 and var final)
            return ChannelMark.Replace(answer[(final + "<|channel|>final<|message|>".Length)..], "");
        var (rest, isOfTheText) = (answer, ThoughtTag.IsMatch(source));
        while (Thought.Match(rest) is { Success: true } thought && !(isOfTheText && string.IsNullOrWhiteSpace(rest[thought.Length..])))
            rest = rest[thought.Length..];
        if (isOfTheText)
            return rest;
        // Templates that begin the thought in the prompt leave its end alone in the answer.
        if (ThoughtEnd.Matches(rest) is [.., var end])
            rest = rest[(end.Index + end.Length)..];
        // A thought that does not end is all there is.
        return UnendedThought.Replace(rest, "");
    }

    private static string WithoutHeading(string text, string source, string target)
    {
        if (source.Contains(':', StringComparison.Ordinal) || source.Contains('：', StringComparison.Ordinal) || Heading.Match(text) is not { Success: true } heading)
            return text;
        var words = heading.Groups["words"].Value;
        return Announcement.IsMatch(words) || words.Equals(LanguageNames.Of(target), StringComparison.OrdinalIgnoreCase) ? text[heading.Length..].Trim() : text;
    }

    private static string WithoutQuotes(string text, string source)
    {
        for (var i = 0; i < Quotes.Length; i += 2)
        {
            var (open, close) = (Quotes[i], Quotes[i + 1]);
            if (text.Length > 2 && text[0] == open && text[^1] == close && !text.AsSpan(1, text.Length - 2).ContainsAny(open, close) && !IsQuote(source[0]) && !IsQuote(source[^1]))
                return text[1..^1].Trim();
        }

        return text;
    }

    private static bool IsQuote(char c) => Quotes.Contains(c, StringComparison.Ordinal) || c == '‹' || c == '›';

    private const string Names = "(?:seed:)?(?:think(?:ing)?|thoughts?|reason(?:ing)?|reflection|analysis)";

    // <think> (DeepSeek, Qwen), [THINK] (Magistral), ◁think▷ (Kimi), <seed:think>.
    [GeneratedRegex($@"\A\s*(?:<(?<name>{Names})>.*?</\k<name>>|\[THINK\].*?\[/THINK\]|◁think▷.*?◁/think▷)", RegexOptions.Singleline | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Thought { get; }

    [GeneratedRegex($@"</{Names}>|\[/THINK\]|◁/think▷", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ThoughtEnd { get; }

    [GeneratedRegex($@"\A\s*(?:<{Names}>|\[THINK\]|◁think▷).*", RegexOptions.Singleline | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex UnendedThought { get; }

    [GeneratedRegex($@"</?{Names}>|\[/?THINK\]|◁/?think▷", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ThoughtTag { get; }

    [GeneratedRegex(@"<\|(?:end|return|call)\|>.*", RegexOptions.Singleline)]
    private static partial Regex ChannelMark { get; }

    // Ends of turns that a server with the wrong template does not take for ends.
    [GeneratedRegex(@"(?:\s*(?:<\|(?:im_end|eot_id|eom_id|end|endoftext|end_of_text)\|>|</s>|<end_of_turn>|<｜end▁of▁sentence｜>))+\s*\z")]
    private static partial Regex LeftOverMarks { get; }

    [GeneratedRegex(@"\A```[^\n`]*\n(?<text>.*?)\n?```\z", RegexOptions.Singleline)]
    private static partial Regex Fenced { get; }

    [GeneratedRegex(@"\A(?:[*_#]+\s*)?(?<words>[^:：\n]{2,60}?)\s*(?:[*_]+)?\s*[:：]\s*(?:[*_]+)?\s*(?=\S)")]
    private static partial Regex Heading { get; }

    // "Translation", "Spanish translation", "Here is the translation into Spanish", and the word in some other languages.
    [GeneratedRegex(@"\A(?:(?:sure|certainly|of course)[,!.]?\s+)?(?:here(?:['’]s| is)\s+)?(?:(?:the|your|my)\s+)?(?:\p{L}+\s+)?(?:translation|translated text|traducción|traduction|tradução|traduzione|traducció|übersetzung|vertaling|перевод|翻译|翻訳|번역)(?:\s*\(?(?:in|into|to|from|en|al|auf)?\s*[\p{L} ]+\)?)?\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Announcement { get; }
}
