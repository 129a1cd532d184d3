using System.Numerics.Tensors;
using VoiceWorker.Whisper.Onnx.Scheduling;
using VoiceWorker.Whisper.Tokens;

namespace VoiceWorker.Whisper.Onnx.Decoding;

/// <summary>Writes one window's text token by token: the likeliest ones, or sampled at a temperature.</summary>
/// <param name="rules">Which tokens may follow.</param>
/// <param name="sampler">Chooses.</param>
/// <param name="tokens">The model's special tokens.</param>
/// <param name="request">What is to be written.</param>
internal sealed class GreedyDecoder(LogitRules rules, TokenSampler sampler, WhisperTokens tokens, WindowRequest request) : IWindowDecoder
{
    /// <summary>Less than this many frames at the end of a recording are not worth a window: 100 ms.</summary>
    public const int ShortestWindow = 10;

    /// <summary>Frames of a whole window: 30 s.</summary>
    public const int WholeWindow = 3000;

    private readonly WindowText _text = new(tokens, request);
    private float _noSpeech;

    /// <inheritdoc/>
    public IReadOnlyList<int> Prompt => request.Prompt;

    /// <inheritdoc/>
    public WindowResult Result => _text.Result(_noSpeech);

    /// <inheritdoc/>
    public bool Observes(int promptIndex) => Prompt[promptIndex] == tokens.StartOfTranscript;

    /// <inheritdoc/>
    public void Observe(ReadOnlySpan<float> logits) => _noSpeech = LogitMath.Probability(logits, tokens.NoSpeech);

    /// <inheritdoc/>
    public IReadOnlyList<Branch> Next(Span<float> logits)
    {
        if (request.Temperature > 0)
            TensorPrimitives.Divide(logits, request.Temperature, logits);
        var token = sampler.Choose(logits, rules.Apply(logits, _text.State), request.Temperature);
        return _text.Append(token) ? [new(0, token.Id)] : [];
    }
}
