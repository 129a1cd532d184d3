using VoiceWorker.Whisper.Onnx.Decoding;
using VoiceWorker.Whisper.Onnx.Scheduling;
using VoiceWorker.Whisper.Tokens;

namespace VoiceWorker.UnitTests.Whisper;

/// <summary>A small tree of texts whose probabilities are known.</summary>
public sealed class BeamSearchDecoderTests
{
    private const int Likely = 100;
    private const int Unlikely = 101;
    private const int Rest = 102;
    private readonly WhisperTokens _tokens = new(51865);

    [Fact]
    public void Next_GoodStartThatEndsBadly_GivesWayToTheLikelierWhole()
    {
        var writer = Writer(size: 2);
        Assert.Equal([Branch(0, At(0))], writer.Next(Logits([At(0)])));

        // Likely leads by a nose, but is followed by tokens of equal chance; Unlikely by one that is certain.
        var second = writer.Next(Weighted((Likely, 2), (Unlikely, 1.9f)));
        Assert.Equal([Likely, Unlikely], second.Select(branch => branch.Token));
        var third = writer.Next([.. Logits([.. Enumerable.Range(200, 50)]), .. Logits([Rest])]);
        Assert.Equal(Branch(1, Rest), third[0]);
        Assert.Empty(writer.Next([.. third.SelectMany(_ => Logits([At(1)]))]));

        Assert.Equal([At(0), Unlikely, Rest, At(1)], writer.Result.Tokens.Select(token => token.Id));
    }

    [Fact]
    public void Next_ManyEndingsOfAShortUnlikelyText_DoNotEndTheLikelyOne()
    {
        var writer = Writer(size: 3);
        writer.Next(Logits([At(0)]));
        var second = writer.Next(Weighted((Likely, 5), (Unlikely, 0)));
        Assert.Equal([Likely, Unlikely], second.Select(branch => branch.Token));

        // The unlikely text could end in many ways; the likely one goes on.
        var third = writer.Next([.. Logits([Rest]), .. Logits([At(1), At(0.98), At(0.96), At(0.94)])]);
        Assert.Equal([Branch(0, Rest)], third);
        Assert.Empty(writer.Next(Logits([At(1)])));

        Assert.Equal([At(0), Likely, Rest, At(1)], writer.Result.Tokens.Select(token => token.Id));
    }

    [Fact]
    public void Next_BeamOfOne_IsGreedy()
    {
        var writer = Writer(size: 1);

        Assert.Equal([Branch(0, At(0))], writer.Next(Logits([At(0)])));
        Assert.Equal([Branch(0, Likely)], writer.Next(Logits([Likely])));
        Assert.Empty(writer.Next(Logits([At(1)])));

        Assert.Equal([At(0), Likely, At(1)], writer.Result.Tokens.Select(token => token.Id));
        Assert.False(writer.Result.Failed);
    }

    private static Branch Branch(int parent, int token) => new(parent, token);

    private int At(double seconds) => _tokens.FirstTimestamp + (int)Math.Round(seconds * 50);

    // The recording ends at 1 s, and so does a text that gets there.
    private BeamSearchDecoder Writer(int size) => new(new LogitRules(_tokens, space: 7), _tokens, new WindowRequest([_tokens.StartOfTranscript], Start: 0, End: 100, Temperature: 0, MaxTokens: 20), size);

    private float[] Logits(int[] likely) => Weighted([.. likely.Select(token => (token, 0f))]);

    private float[] Weighted(params (int Token, float Logit)[] likely)
    {
        var logits = new float[_tokens.Count];
        Array.Fill(logits, float.NegativeInfinity);
        foreach (var (token, logit) in likely)
            logits[token] = logit;
        return logits;
    }
}
