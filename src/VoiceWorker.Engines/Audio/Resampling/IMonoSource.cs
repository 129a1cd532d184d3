namespace VoiceWorker.Engines.Audio.Resampling;

/// <summary>Samples of one channel that can be read from anywhere, a piece at a time.</summary>
internal interface IMonoSource
{
    /// <summary>How many samples there are.</summary>
    int FrameCount { get; }

    /// <summary>Samples a second, in Hz.</summary>
    int SampleRate { get; }

    /// <summary>Reads samples.</summary>
    /// <param name="first">Index of the first.</param>
    /// <param name="destination">Filled to its end; never reaches beyond <see cref="FrameCount"/>.</param>
    void Read(int first, Span<float> destination);
}
