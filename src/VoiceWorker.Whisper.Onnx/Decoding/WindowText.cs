using VoiceWorker.Whisper.Onnx.Features;
using VoiceWorker.Whisper.Tokens;

namespace VoiceWorker.Whisper.Onnx.Decoding;

/// <summary>
/// What has been written of one window, as far as whisper.cpp's <c>whisper_full</c> follows one decoder: the last
/// timestamp says how much of the window has been written down, and what follows it is left to the next window.
/// </summary>
/// <param name="tokens">The model's special tokens.</param>
/// <param name="request">What is to be written.</param>
internal sealed class WindowText(WhisperTokens tokens, WindowRequest request)
{
    private readonly List<Token> _written = [];
    private int _kept;
    private int _advance = GreedyDecoder.WholeWindow;
    private bool _hasTimestamp;
    private bool _failed;

    /// <summary>What the rules need to know.</summary>
    public TimestampState State => new(
        IsFirst: _written.Count == 0,
        LastWasTimestamp: _written.Count > 0 && tokens.IsTimestamp(_written[^1].Id),
        PenultimateWasTimestamp: _written.Count < 2 || tokens.IsTimestamp(_written[^2].Id),
        Earliest: _hasTimestamp ? _advance / LogMelSpectrogram.FramesPerPosition : 0);

    /// <summary>The sum of all tokens' log-probabilities.</summary>
    public double LogProbability { get; private set; }

    /// <summary>Adds a token.</summary>
    /// <returns>Whether the text goes on.</returns>
    public bool Append(Token token)
    {
        _written.Add(token);
        LogProbability += token.LogProbability;
        if (token.Id > tokens.FirstTimestamp && !MoveTo((token.Id - tokens.FirstTimestamp) * LogMelSpectrogram.FramesPerPosition))
            return false;

        var reachesEnd = request.Start + _advance + GreedyDecoder.ShortestWindow >= request.End;
        if (token.Id == tokens.EndOfText || (_hasTimestamp && reachesEnd))
        {
            if (_kept == 0 && reachesEnd)
                _kept = _written.Count;
            _failed = _kept == 0;
            return false;
        }

        if (_written.Count < request.MaxTokens)
            return true;

        // Stuck in a loop: a whole budget of tokens for less than half a window.
        _failed = _kept == 0 || _advance < GreedyDecoder.WholeWindow / 2;
        return false;
    }

    /// <summary>What came of it.</summary>
    /// <param name="noSpeech">What the model thinks of the window before it writes.</param>
    public WindowResult Result(float noSpeech)
    {
        var kept = _failed ? _written : _written[.._kept];
        var mean = _failed || _kept == 0 ? float.NegativeInfinity : kept.Average(token => token.LogProbability);
        return new(kept, _advance, mean, noSpeech, request.Temperature, _failed);
    }

    /// <summary>A text that has got as far and goes on by itself.</summary>
    public WindowText Fork()
    {
        var fork = new WindowText(tokens, request) { LogProbability = LogProbability };
        fork._written.AddRange(_written);
        (fork._kept, fork._advance, fork._hasTimestamp, fork._failed) = (_kept, _advance, _hasTimestamp, _failed);
        return fork;
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
