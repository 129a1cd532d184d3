namespace VoiceWorker.Audio.Opus;

/// <summary>The elements of WebM that matter here, by number (RFC 9559, section 5.1).</summary>
internal static class WebmElements
{
    public const ulong Ebml = 0x1A45_DFA3;
    public const ulong Segment = 0x1853_8067;
    public const ulong Tracks = 0x1654_AE6B;
    public const ulong TrackEntry = 0xAE;
    public const ulong TrackNumber = 0xD7;
    public const ulong CodecId = 0x86;
    public const ulong CodecPrivate = 0x63A2;
    public const ulong ContentEncodings = 0x6D80;
    public const ulong Cluster = 0x1F43_B675;
    public const ulong SimpleBlock = 0xA3;
    public const ulong BlockGroup = 0xA0;
    public const ulong Block = 0xA1;
    public const ulong DiscardPadding = 0x75A2;
}
