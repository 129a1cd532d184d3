namespace VoiceWorker.IntegrationTests.Audio.Yardstick;

/// <summary>A recording to decode.</summary>
/// <param name="Name">What it is and what was done to it.</param>
/// <param name="Extension">Of its file.</param>
/// <param name="Format">What the decoder should call it; null when it may refuse it.</param>
/// <param name="Bytes">The file.</param>
internal sealed record Recording(string Name, string Extension, string? Format, byte[] Bytes)
{
    /// <summary>What ffmpeg is given; the same, unless it makes less of that than the worker.</summary>
    public byte[] Original { get; init; } = Bytes;

    /// <summary>How much of the sound is whole. Behind it both find something else, the worker no less than ffmpeg.</summary>
    public double Whole { get; init; } = 1;

    /// <summary>Whether ffmpeg mixes it louder or softer: beyond stereo it goes by the places of loudspeakers.</summary>
    public bool AnyLevel { get; init; }
}
