using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using VoiceWorker.Whisper.Onnx.VoiceActivity;

namespace VoiceWorker.UnitTests.VoiceActivity;

/// <summary>The rebuilt network (models/silero) says what Silero's own says, one frame of 512 samples a run.</summary>
public sealed class SileroNetworkTests : IDisposable
{
    private const double Tolerance = 1e-4;
    private const int WavHeader = 44;
    private const string Record = "VOICEWORKER_RECORD_SILERO";

    private readonly SileroNetwork _network = new();

    // Read as if they were at 16 kHz, which they are not both: any sound will do. The second one takes three runs.
    public static TheoryData<string, int> Recordings => new() { { "tests/data/field/riff-right-data-0.wav", 1 }, { "samples/en-1.wav", 4 } };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _network.Dispose();

    [Theory]
    [MemberData(nameof(Recordings))]
    public async Task Probabilities_OfARecording_AreThoseRecordedFromTheOriginal(string recording, int times)
    {
        var text = await File.ReadAllTextAsync(PathOf($"tests/VoiceWorker.UnitTests/VoiceActivity/{RecordName(recording)}"), Token);
        var original = text.Split(',').Select(value => float.Parse(value, CultureInfo.InvariantCulture)).ToArray();

        AssertSame(original, _network.Probabilities(Load(recording, times), offset: 0, Token));
    }

    [Theory]
    [MemberData(nameof(Recordings))]
    public async Task Probabilities_OfARecording_AreThoseOfTheOriginal(string recording, int times)
    {
        var file = PathOf("../shared/models/silero/silero_vad_v6.onnx");
        Assert.SkipUnless(File.Exists(file), $"Silero's own file is not there: {Path.GetFullPath(file)}");
        var samples = Load(recording, times);

        var original = Original(file, samples);

        AssertSame(original, _network.Probabilities(samples, offset: 0, Token));
        if (Environment.GetEnvironmentVariable(Record) is not null)
            await File.WriteAllTextAsync(PathOf($"tests/VoiceWorker.UnitTests/VoiceActivity/{RecordName(recording)}"), string.Join(',', original.Select(value => value.ToString("f6", CultureInfo.InvariantCulture))) + "\n", Token);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(512, 1)]
    [InlineData(513, 2)]
    [InlineData(128 * 512, 128)]
    [InlineData((128 * 512) + 1, 129)]
    public void Probabilities_OfSilence_AreOneForEachFrameAndLow(int samples, int frames)
    {
        var probabilities = _network.Probabilities(new float[samples], offset: 0, Token);

        Assert.Equal(frames, probabilities.Length);
        Assert.All(probabilities, probability => Assert.InRange(probability, 0, 0.2f));
    }

    [Fact]
    public async Task Probabilities_OfManyRecordingsAtOnce_AreThoseOfEachAlone()
    {
        var recordings = Enumerable.Range(1, 8).Select(times => Load("samples/en-1.wav", times)).ToList();
        var alone = recordings.Select(samples => _network.Probabilities(samples, offset: 0, Token)).ToList();

        var together = await Task.WhenAll(recordings.Select(samples => Task.Run(() => _network.Probabilities(samples, offset: 0, Token), Token)));

        for (var i = 0; i < alone.Count; i++)
            AssertSame(alone[i], together[i]);
    }

    [Fact]
    public void Probabilities_Cancelled_Throws() =>
        Assert.Throws<OperationCanceledException>(() => _network.Probabilities(new float[512], offset: 0, new CancellationToken(canceled: true)));

    private static void AssertSame(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, Tolerance));
    }

    private static float[] Original(string file, float[] samples)
    {
        const int Frame = 512, Context = 64;
        using var options = new SessionOptions();
        options.DisablePerSessionThreads();
        using var session = new InferenceSession(file, options);
        using var run = new RunOptions();
        var (input, state) = (new float[Context + Frame], new float[2 * 128]);
        var probabilities = new float[(samples.Length + Frame - 1) / Frame];
        for (var frame = 0; frame < probabilities.Length; frame++)
        {
            input.AsSpan(Frame).CopyTo(input);
            var rest = samples.AsSpan(frame * Frame);
            input.AsSpan(Context).Clear();
            rest[..Math.Min(Frame, rest.Length)].CopyTo(input.AsSpan(Context));
            using var x = OrtValue.CreateTensorValueFromMemory(input, [1, input.Length]);
            using var before = OrtValue.CreateTensorValueFromMemory(state, [2, 1, 128]);
            using var rate = OrtValue.CreateTensorValueFromMemory(new long[] { 16_000 }, []);
            using var outputs = session.Run(run, ["input", "state", "sr"], [x, before, rate], ["output", "stateN"]);
            probabilities[frame] = outputs[0].GetTensorDataAsSpan<float>()[0];
            outputs[1].GetTensorDataAsSpan<float>().CopyTo(state);
        }

        return probabilities;
    }

    private static float[] Load(string recording, int times)
    {
        var bytes = File.ReadAllBytes(PathOf(recording)).AsSpan(WavHeader);
        var once = Array.ConvertAll(MemoryMarshal.Cast<byte, short>(bytes).ToArray(), sample => sample / 32768f);
        return [.. Enumerable.Repeat(once, times).SelectMany(samples => samples)];
    }

    private static string RecordName(string recording) => $"silero-{Path.GetFileNameWithoutExtension(recording)}.csv";

    private static string PathOf(string relative) => Path.Combine(AppContext.BaseDirectory, "../../../../..", relative);
}
