using System.Numerics.Tensors;
using VoiceWorker.Core.Whisper;
using VoiceWorker.Engines.Whisper.Scheduling;

namespace VoiceWorker.Engines.Whisper.Decoding;

/// <summary>
/// Writes one window's text with timestamps, as whisper.cpp's <c>whisper_full</c> does with one decoder: the last
/// timestamp says how much of the window has been written down, and what follows it is left to the next window.
/// </summary>
/// <param name="rules">Which tokens may follow.</param>
/// <param name="sampler">Chooses.</param>
/// <param name="tokens">The model's special tokens.</param>
/// <param name="request">What is to be written.</param>
internal sealed class WindowWriter(LogitRules rules, TokenSampler sampler, WhisperTokens tokens, WindowRequest request) : ITextWriter
{
    /// <summary>Less than this many frames at the end of a recording are not worth a window: 100 ms.</summary>
    public const int ShortestWindow = 10;

    /// <summary>Frames of a whole window: 30 s.</summary>
    public const int WholeWindow = 3000;

    private const int FramesPerTimestamp = 2;

    private readonly List<Token> _written = [];
    private int _kept;
    private int _advance = WholeWindow;
    private bool _hasTimestamp;
    private bool _failed;
    private float _noSpeech;

    /// <inheritdoc/>
    public IReadOnlyList<int> Prompt => request.Prompt;

    /// <summary>What came of it, once <see cref="Next"/> has returned null.</summary>
    public WindowResult Result
    {
        get
        {
            var kept = _failed ? _written : _written[.._kept];
            var mean = _failed || _kept == 0 ? float.NegativeInfinity : kept.Average(token => token.LogProbability);
            return new(kept, _advance, mean, _noSpeech, request.Temperature, _failed);
        }
    }

    /// <inheritdoc/>
    public bool Observes(int promptIndex) => Prompt[promptIndex] == tokens.StartOfTranscript;

    /// <inheritdoc/>
    public void Observe(ReadOnlySpan<float> logits) => _noSpeech = LogitMath.Probability(logits, tokens.NoSpeech);

    /// <inheritdoc/>
    public int? Next(Span<float> logits)
    {
        var token = Choose(logits);
        _written.Add(token);
        if (token.Id > tokens.FirstTimestamp && !MoveTo((token.Id - tokens.FirstTimestamp) * FramesPerTimestamp))
            return null;

        var reachesEnd = request.Start + _advance + ShortestWindow >= request.End;
        if (token.Id == tokens.EndOfText || (_hasTimestamp && reachesEnd))
        {
            if (_kept == 0 && reachesEnd)
                _kept = _written.Count;
            _failed = _kept == 0;
            return null;
        }

        if (_written.Count < request.MaxTokens)
            return token.Id;

        // Stuck in a loop: a whole budget of tokens for less than half a window.
        _failed = _kept == 0 || _advance < WholeWindow / 2;
        return null;
    }

    private Token Choose(Span<float> logits)
    {
        if (request.Temperature > 0)
            TensorPrimitives.Divide(logits, request.Temperature, logits);
        var count = _written.Count;
        var state = new TimestampState(
            IsFirst: count == 0,
            LastWasTimestamp: count > 0 && tokens.IsTimestamp(_written[^1].Id),
            PenultimateWasTimestamp: count < 2 || tokens.IsTimestamp(_written[^2].Id),
            Earliest: _hasTimestamp ? _advance / FramesPerTimestamp : 0);
        return sampler.Choose(logits, rules.Apply(logits, state), request.Temperature);
    }

    private bool MoveTo(int advance)
    {
        _failed = _hasTimestamp && advance < _advance && _kept < _written.Count - 1;
        if (_failed)
            return false;
        (_advance, _kept, _hasTimestamp) = (advance, _written.Count, true);
        return true;
    }
}
