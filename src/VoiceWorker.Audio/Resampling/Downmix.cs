namespace VoiceWorker.Audio.Resampling;

/// <summary>
/// Mixes channels down to one: to their mean, or, where that is much weaker than its parts, to the loudest of them. The
/// latter happens when a channel is inverted (a cable with crossed wires, a differential pair recorded as stereo), whose
/// mean is silence.
/// </summary>
/// <param name="channels">Samples in a frame.</param>
/// <param name="sampleRate">Frames a second, in Hz.</param>
internal sealed class Downmix(int channels, int sampleRate)
{
    private const int BlocksPerSecond = 25;
    private const int FadesPerSecond = 100;
    private const int Mean = -1;

    // How much less a block counts with each that follows: averages are of about half a second.
    private const double Decay = 0.92;

    // The mean of channels that have nothing to do with each other has an n-th of their average energy. One that has
    // less than a quarter of that is lost by cancelling; it is taken again at half.
    private const double Cancelled = 0.25;
    private const double Recovered = 0.5;

    // Another channel must be 6 dB louder than the chosen one to be chosen instead.
    private const double Louder = 4;

    private readonly int _blockLength = Math.Max(2, sampleRate / BlocksPerSecond);
    private readonly int _fadeLength = Math.Max(1, sampleRate / FadesPerSecond);

    // Of each channel and, in the last place, of their mean.
    private readonly double[] _block = new double[channels + 1];
    private readonly double[] _average = new double[channels + 1];
    private int _chosen = Mean;

    /// <summary>Mixes the next frames.</summary>
    /// <param name="frames">Interleaved; best no fewer than a few hundred frames at a time.</param>
    /// <param name="mono">A sample for each frame.</param>
    public void Mix(ReadOnlySpan<float> frames, Span<float> mono)
    {
        while (!mono.IsEmpty)
        {
            var length = Math.Min(_blockLength, mono.Length);
            MixBlock(frames[..(length * channels)], mono[..length]);
            frames = frames[(length * channels)..];
            mono = mono[length..];
        }
    }

    private void MixBlock(ReadOnlySpan<float> frames, Span<float> mono)
    {
        Average(frames, mono);
        Measure(frames, mono);
        var before = _chosen;
        _chosen = Choose();
        if (_chosen == Mean && before == Mean)
            return;

        var fade = before == _chosen ? 0 : Math.Min(_fadeLength, mono.Length);
        for (var i = 0; i < fade; i++)
            mono[i] = float.Lerp(Sample(frames, mono, before, i), Sample(frames, mono, _chosen, i), (float)i / fade);
        for (var i = fade; i < mono.Length; i++)
            mono[i] = Sample(frames, mono, _chosen, i);
    }

    private float Sample(ReadOnlySpan<float> frames, ReadOnlySpan<float> mono, int channel, int index) =>
        channel == Mean ? mono[index] : frames[index * channels + channel];

    private void Average(ReadOnlySpan<float> frames, Span<float> mono)
    {
        var scale = 1f / channels;
        for (var i = 0; i < mono.Length; i++)
        {
            var sum = 0f;
            foreach (var sample in frames.Slice(i * channels, channels))
                sum += sample;
            mono[i] = sum * scale;
        }
    }

    private void Measure(ReadOnlySpan<float> frames, ReadOnlySpan<float> mono)
    {
        for (var channel = 0; channel < channels; channel++)
            _block[channel] = Energy(frames[channel..], channels);
        _block[channels] = Energy(mono, 1);

        var decay = Math.Pow(Decay, (double)mono.Length / _blockLength);
        for (var i = 0; i < _block.Length; i++)
            _average[i] = _average[i] * decay + _block[i];
    }

    // Of the differences between neighbours, in which neither an offset nor a hum counts.
    private static float Energy(ReadOnlySpan<float> samples, int step)
    {
        var energy = 0f;
        for (var i = step; i < samples.Length; i += step)
        {
            var difference = samples[i] - samples[i - step];
            energy += difference * difference;
        }

        return energy;
    }

    // At the first block that cancels, and until both this block and the time before are good again.
    private int Choose()
    {
        if (!IsCancelled(_block) && !IsCancelled(_average))
            return Mean;

        var energies = _average.AsSpan(0, channels);
        var loudest = 0;
        for (var channel = 1; channel < channels; channel++)
            loudest = energies[channel] > energies[loudest] ? channel : loudest;
        return _chosen == Mean || energies[loudest] > Louder * energies[_chosen] ? loudest : _chosen;
    }

    private bool IsCancelled(double[] energies)
    {
        var sum = 0.0;
        for (var channel = 0; channel < channels; channel++)
            sum += energies[channel];
        return energies[channels] < (_chosen == Mean ? Cancelled : Recovered) * sum / (channels * channels);
    }
}
