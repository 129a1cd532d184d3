using VoiceWorker.Whisper.Onnx.VoiceActivity;

namespace VoiceWorker.UnitTests.VoiceActivity;

/// <summary>What is no speech, by the detector's account and so for any model.</summary>
public sealed class SileroDetectorTests : IDisposable
{
    private const int Rate = 16_000;
    private readonly SileroDetector _detector = new();

    // Tones of a telephone as ITU-T E.180 and Q.23 have them, and what is often before or behind words.
    public static TheoryData<string> Sounds => ["nothing", "silence", "hum", "ringback", "busy", "dial", "keys", "beeps", "melody", "sweep", "white noise", "pink noise", "bursts", "clicks", "offset"];

    public void Dispose() => _detector.Dispose();

    [Theory]
    [MemberData(nameof(Sounds))]
    public void Detect_SoundWithoutSpeech_FindsNone(string sound) =>
        Assert.Empty(_detector.Detect(Make(sound), TestContext.Current.CancellationToken));

    private static float[] Make(string sound)
    {
        const int Length = 8 * Rate;
        var random = new Random(7);
        int[] melody = [262, 330, 392, 523, 440, 349, 294, 494];
        return sound switch
        {
            "nothing" => [],
            "silence" => new float[Length],
            "hum" => Sound(n => 0.3 * Sine(50, n)),
            "ringback" => Sound(n => n / Rate % 3 == 0 ? 0.25 * (Sine(440, n) + Sine(480, n)) : 0),
            "busy" => Sound(n => n / (Rate / 2) % 2 == 0 ? 0.25 * (Sine(480, n) + Sine(620, n)) : 0),
            "dial" => Sound(n => 0.3 * Sine(425, n)),
            "keys" => Sound(n => n / (Rate / 5) % 2 == 0 ? 0.25 * (Sine(770, n) + Sine(1336, n)) : 0),
            "beeps" => Sound(n => n / (Rate / 2) % 2 == 0 ? 0.5 * Sine(1000, n) : 0),
            "melody" => Sound(n => 0.3 * Math.Exp(-(n % 4000) / 3000.0) * (Sine(melody[n / 4000 % 8], n) + (0.5 * Sine(2 * melody[n / 4000 % 8], n)))),
            "sweep" => Sound(n => 0.4 * Math.Sin(2 * Math.PI * (200 + (n * 0.01)) * n / Rate)),
            "white noise" => Sound(_ => random.NextDouble() - 0.5),
            "pink noise" => PinkNoise.Make(Length, 0.1f, seed: 1),
            "bursts" => Sound(n => n % 8000 < 2000 ? random.NextDouble() - 0.5 : 0),
            "clicks" => Sound(n => n % 4000 < 20 ? random.NextDouble() - 0.5 : 0),
            "offset" => Sound(_ => 0.3),
            _ => throw new ArgumentOutOfRangeException(nameof(sound)),
        };

        static float[] Sound(Func<int, double> sample) => [.. Enumerable.Range(0, Length).Select(n => (float)sample(n))];

        static double Sine(double frequency, int n) => Math.Sin(2 * Math.PI * frequency * n / Rate);
    }
}
