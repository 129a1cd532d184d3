using VoiceWorker.Contract.Jobs;

namespace VoiceWorker.Whisper.Onnx.Decoding;

/// <summary>Joins tokens to words.</summary>
internal sealed class WordBuilder(Vocabulary vocabulary)
{
    private static readonly HashSet<string> WithoutSpaces = ["zh", "ja", "th", "lo", "my", "yue"];

    /// <summary>Builds the words of a segment.</summary>
    /// <param name="text">Its text tokens.</param>
    /// <param name="times">When each token begins, and when the last one ends: in seconds.</param>
    /// <param name="language">ISO 639-1 code: words begin with a space, but not in every language.</param>
    public IEnumerable<Word> Build(IReadOnlyList<Token> text, IReadOnlyList<double> times, string language)
    {
        for (int first = 0, next = 1; first < text.Count; first = next++)
        {
            while (next < text.Count && !Begins(text, first, next, language))
                next++;
            var word = Decode(text.Take(first..next)).Trim();
            if (word.Length > 0)
                yield return new(times[first], times[next], word, text.Take(first..next).Average(token => token.Probability));
        }
    }

    // Without spaces each character counts as a word, as soon as all its bytes are there.
    private bool Begins(IReadOnlyList<Token> text, int first, int next, string language) => WithoutSpaces.Contains(language)
        ? !Decode(text.Take(first..next)).EndsWith('\ufffd')
        : Decode([text[next]]).StartsWith(' ');

    private string Decode(IEnumerable<Token> part) => vocabulary.Decode(part.Select(token => token.Id));
}
