namespace VoiceWorker.Audio.Resampling;

/// <summary>Samples of one channel, read once from the first to the last.</summary>
internal interface IMonoSource
{
    /// <summary>How many samples there are.</summary>
    int FrameCount { get; }

    /// <summary>Samples a second, in Hz.</summary>
    int SampleRate { get; }

    /// <summary>Reads the next samples.</summary>
    /// <param name="destination">Filled to its end; all reads together never reach beyond <see cref="FrameCount"/>.</param>
    void Read(Span<float> destination);
}
