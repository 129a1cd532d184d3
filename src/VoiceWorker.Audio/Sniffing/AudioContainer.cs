namespace VoiceWorker.Audio.Sniffing;

/// <summary>A recognised file format, and how much of ffmpeg it may use.</summary>
/// <param name="Name">For logs, metrics and messages: <c>ogg/opus</c>.</param>
/// <param name="Demuxer">The one demuxer that ffmpeg is allowed, by ffmpeg's name.</param>
/// <param name="Decoders">The only decoders that ffmpeg is allowed, by ffmpeg's names, separated by commas.</param>
internal sealed record AudioContainer(string Name, string Demuxer, string Decoders)
{
    /// <summary>Brings a file's parts into the order in which they can be read from a pipe.</summary>
    public Func<ReadOnlyMemory<byte>, IReadOnlyList<ReadOnlyMemory<byte>>> Arrange { get; init; } = file => [file];
}
