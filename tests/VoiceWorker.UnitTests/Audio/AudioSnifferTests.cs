using System.Text;
using VoiceWorker.Core.Messages;
using VoiceWorker.Core.Ports;
using VoiceWorker.Engines.Audio.Sniffing;

namespace VoiceWorker.UnitTests.Audio;

public sealed class AudioSnifferTests
{
    // MPEG-1 layer III, 128 kbit/s, 44,100 Hz: 417 bytes a frame. ADTS: 44,100 Hz, mono, 100 bytes a frame.
    private static readonly byte[] Mp3Frame = [0xFF, 0xFB, 0x90, 0x00, .. new byte[413]];
    private static readonly byte[] AdtsFrame = [0xFF, 0xF1, 0x50, 0x40, 100 >> 3, (100 & 7) << 5 | 0x1F, 0xFC, .. new byte[93]];

    [Theory]
    [InlineData("RIFF....WAVEfmt ", "wav")]
    [InlineData("RF64....WAVEds64", "wav")]
    [InlineData("BW64....WAVEds64", "wav")]
    [InlineData("fLaC\0\0\0\u0022....", "flac")]
    [InlineData("FORM....AIFFCOMM", "aiff")]
    [InlineData("FORM....AIFCCOMM", "aiff")]
    [InlineData("\0\0\0\u001cftypM4A ....", "mp4")]
    [InlineData("\0\0\0\u0018ftyp3gp4....", "mp4")]
    [InlineData("#!AMR\n\u003c........", "amr")]
    [InlineData("#!AMR-WB\n\u0014.....", "amr-wb")]
    [InlineData("\u001a\u0045\u00df\u00a3\u009f\u0042\u0086\u0081\u0001\u0042\u0082\u0084webm", "webm")]
    [InlineData("\u001a\u0045\u00df\u00a3\u009f\u0042\u0086\u0081\u0001\u0042\u0082\u0088matroska", "webm")]
    public void Sniff_FileHeader_TellsTheFormat(string head, string name) =>
        Assert.Equal(name, AudioSniffer.Sniff(Encoding.Latin1.GetBytes(head)).Name);

    [Theory]
    [InlineData("OpusHead\u0001", "ogg/opus")]
    [InlineData("\u0001vorbis", "ogg/vorbis")]
    [InlineData("\u007fFLAC\u0001", "ogg/flac")]
    [InlineData("Speex   1.2", "ogg/speex")]
    [InlineData("\u0080theora", "ogg/other")]
    public void Sniff_Ogg_TellsTheCodec(string packet, string name)
    {
        byte[] page = [.. "OggS"u8, .. new byte[22], 2, 10, 10, .. Encoding.Latin1.GetBytes(packet)];

        Assert.Equal(name, AudioSniffer.Sniff(page).Name);
    }

    [Fact]
    public void Sniff_OggCutInItsHeader_IsStillOgg() => Assert.Equal("ogg/other", AudioSniffer.Sniff("OggS\0\u0002......"u8).Name);

    [Fact]
    public void Sniff_FramesWithoutHeader_AreRecognised()
    {
        Assert.Equal("mp3", AudioSniffer.Sniff([.. Mp3Frame, .. Mp3Frame]).Name);
        Assert.Equal("mp3", AudioSniffer.Sniff(Mp3Frame.AsSpan(0, 20)).Name);
        Assert.Equal("aac", AudioSniffer.Sniff([.. AdtsFrame, .. AdtsFrame]).Name);
    }

    [Fact]
    public void Sniff_BehindAnId3Tag_LooksAtWhatFollows()
    {
        byte[] tag = [.. "ID3"u8, 4, 0, 0, 0, 0, 1, 0, .. new byte[128]];

        Assert.Equal("mp3", AudioSniffer.Sniff([.. tag, .. Mp3Frame]).Name);
        Assert.Equal("aac", AudioSniffer.Sniff([.. tag, .. AdtsFrame]).Name);
        Assert.Equal("flac", AudioSniffer.Sniff([.. tag, .. "fLaC"u8]).Name);
    }

    [Fact]
    public void Sniff_SyncWordByChance_IsNoAudio()
    {
        AssertRefused([.. Mp3Frame[..^1], 0, 0, 0, 0, 0]);
        AssertRefused([.. AdtsFrame, .. new byte[200]]);
        AssertRefused(Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes("<html></html>")).ToArray());
        AssertRefused([.. "ID3"u8, 4, 0, 0, 0x80, 0, 0, 0, .. new byte[20]]);
    }

    [Theory]
    [InlineData("#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n")]
    [InlineData("ffconcat version 1.0\nfile /etc/passwd\n")]
    [InlineData("<?xml version=\"1.0\"?><MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\">")]
    public void Sniff_Playlist_IsRefusedByName(string text) =>
        Assert.Contains("playlist", AssertRefused(Encoding.ASCII.GetBytes(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("RIFF")]
    [InlineData("RIFF....AVI LIST")]
    [InlineData("{\"audio\": \"...\"}")]
    [InlineData("subfile,,start,0,end,0,,:/etc/passwd")]
    [InlineData("concat:/etc/passwd|/etc/group")]
    [InlineData("\u001a\u0045\u00df\u00a3....something else")]
    public void Sniff_AnythingElse_IsRefused(string text) => AssertRefused(Encoding.Latin1.GetBytes(text));

    [Fact]
    public void Sniff_Unknown_SaysWhatIsAccepted() =>
        Assert.EndsWith($"accepted are {AudioContainers.Accepted}.", AssertRefused(new byte[100]).Message, StringComparison.Ordinal);

    private static EngineException AssertRefused(byte[] file)
    {
        var failure = Assert.Throws<EngineException>(() => AudioSniffer.Sniff(file));
        Assert.Equal((FailureKind.BadJob, ErrorCode.UnsupportedAudio), (failure.Kind, failure.Code));
        return failure;
    }
}
