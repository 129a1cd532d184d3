using VoiceWorker.Whisper.Onnx.Scheduling;
using VoiceWorker.Whisper.Tokens;

namespace VoiceWorker.Whisper.Onnx.Decoding;

/// <summary>
/// Writes one window's text by beam search, as whisper.cpp's <c>whisper_full</c> does, but with the likeliest candidates
/// where that one samples them: keeps the likeliest texts until all of them have ended, and takes the one whose
/// tokens are likeliest on average.
/// </summary>
/// <param name="rules">Which tokens may follow.</param>
/// <param name="tokens">The model's special tokens.</param>
/// <param name="request">What is to be written, at temperature 0.</param>
/// <param name="size">Beginnings to keep.</param>
internal sealed class BeamSearchDecoder(LogitRules rules, WhisperTokens tokens, WindowRequest request, int size) : IWindowDecoder
{
    private readonly List<WindowText> _finished = [];
    private List<WindowText> _texts = [new(tokens, request)];
    private float _noSpeech;

    /// <inheritdoc/>
    public IReadOnlyList<int> Prompt => request.Prompt;

    /// <inheritdoc/>
    public WindowResult Result => _finished.Select(text => text.Result(_noSpeech)).MaxBy(result => result.MeanLogProbability)!;

    /// <inheritdoc/>
    public bool Observes(int promptIndex) => Prompt[promptIndex] == tokens.StartOfTranscript;

    /// <inheritdoc/>
    public void Observe(ReadOnlySpan<float> logits) => _noSpeech = LogitMath.Probability(logits, tokens.NoSpeech);

    /// <inheritdoc/>
    public IReadOnlyList<Branch> Next(Span<float> logits)
    {
        var width = logits.Length / _texts.Count;
        var candidates = new List<(int Parent, Token Token)>();
        for (var parent = 0; parent < _texts.Count; parent++)
            AddLikeliest(parent, logits.Slice(parent * width, width), candidates);

        var (texts, branches) = (new List<WindowText>(size), new List<Branch>(size));
        // A finished text keeps its place, so that many endings of one text cannot end the others.
        var places = size - _finished.Count;
        foreach (var (parent, token) in candidates.OrderByDescending(candidate => _texts[candidate.Parent].LogProbability + candidate.Token.LogProbability).Take(places))
        {
            var text = _texts[parent].Fork();
            if (text.Append(token))
            {
                texts.Add(text);
                branches.Add(new(parent, token.Id));
            }
            else
                _finished.Add(text);
        }

        _texts = texts;
        return branches;
    }

    private void AddLikeliest(int parent, Span<float> logits, List<(int Parent, Token Token)> candidates)
    {
        var normaliser = rules.Apply(logits, _texts[parent].State);
        var likeliestTimestamp = tokens.FirstTimestamp + LogitMath.IndexOfMax(logits[tokens.FirstTimestamp..]);
        for (var i = 0; i < size; i++)
        {
            var id = LogitMath.IndexOfMax(logits);
            if (float.IsNegativeInfinity(logits[id]))
                return;
            candidates.Add((parent, new(id, logits[id] - normaliser, tokens.IsTimestamp(id) ? id : likeliestTimestamp)));
            logits[id] = float.NegativeInfinity;
        }
    }
}
