using System.Buffers;

namespace VoiceWorker.Contract.Reading;

/// <summary>Texts to translate, as engines can bear them.</summary>
internal static class JobTexts
{
    // C0 without tab and line breaks, DEL, C1: a NUL ends a text for some engines, the rest nobody speaks.
    private static readonly SearchValues<char> Controls =
        SearchValues.Create([.. Enumerable.Range(0, 0xa0).Where(c => c is < 0x20 or >= 0x7f).Select(c => (char)c).Except("\t\n\r\u0085")]);

    /// <summary>The text with a space for each control character, and the same text when it has none.</summary>
    public static string WithoutControls(string text) =>
        text.AsSpan().ContainsAny(Controls) ? string.Create(text.Length, text, (result, source) => source.AsSpan().ReplaceAny(result, Controls, ' ')) : text;
}
