using System.Text;
using VoiceWorker.Audio.Sniffing;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Ports;

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
    [InlineData("RIFX....WAVEfmt ", "wav")]
    [InlineData("caff\0\u0001\0\0desc", "caf")]
    [InlineData(".snd\0\0\0\u0018\0\0\0\0", "au")]
    [InlineData("wvpk\u0010\0\0\0\u0010\u0004\0\0", "wavpack")]
    [InlineData("FLV\u0001\u0004\0\0\0\u0009\0\0\0\0", "flv")]
    [InlineData("\u0030\u0026\u00b2\u0075\u008e\u0066\u00cf\u0011\u00a6\u00d9\u0000\u00aa\u0000\u0062\u00ce\u006c", "asf")]
    [InlineData("riff\u002e\u0091\u00cf\u0011\u00a5\u00d6\u0028\u00db\u0004\u00c1\u0000\u0000", "w64")]
    [InlineData("\0\0\0\u0010moov........", "mp4")]
    [InlineData("\0\0\0\u0008wide\0\0\0\0mdat", "mp4")]
    [InlineData("\0\0\0\u0010free........", "mp4")]
    [InlineData("\0\0\0\u000cskip....", "mp4")]
    [InlineData("\0\0\0\u0000mdat........", "mp4")]
    [InlineData("\0\0\0\u0001mdat\0\0\0\0\0\0\0\u0018........", "mp4")]
    [InlineData("\u001a\u0045\u00df\u00a3\u009f\u0042\u0086\u0081\u0001\u0042\u0082\u0084webm", "webm")]
    [InlineData("\u001a\u0045\u00df\u00a3\u009f\u0042\u0086\u0081\u0001\u0042\u0082\u0088matroska", "webm")]
    public void Sniff_FileHeader_TellsTheFormat(string head, string name) =>
        Assert.Equal(name, AudioSniffer.Sniff(Encoding.Latin1.GetBytes(head)).Container.Name);

    [Theory]
    [InlineData("OpusHead\u0001", "ogg/opus")]
    [InlineData("\u0001vorbis", "ogg/vorbis")]
    [InlineData("\u007fFLAC\u0001", "ogg/flac")]
    [InlineData("Speex   1.2", "ogg/speex")]
    [InlineData("\u0080theora", "ogg/other")]
    public void Sniff_Ogg_TellsTheCodec(string packet, string name)
    {
        byte[] page = [.. "OggS"u8, .. new byte[22], 2, 10, 10, .. Encoding.Latin1.GetBytes(packet)];

        Assert.Equal(name, AudioSniffer.Sniff(page).Container.Name);
    }

    [Fact]
    public void Sniff_OggCutInItsHeader_IsStillOgg() => Assert.Equal("ogg/other", AudioSniffer.Sniff("OggS\0\u0002......"u8).Container.Name);

    [Fact]
    public void Sniff_FramesWithoutHeader_AreRecognised()
    {
        Assert.Equal("mp3", AudioSniffer.Sniff([.. Mp3Frame, .. Mp3Frame]).Container.Name);
        Assert.Equal("mp3", AudioSniffer.Sniff(Mp3Frame.AsSpan(0, 20)).Container.Name);
        Assert.Equal("aac", AudioSniffer.Sniff([.. AdtsFrame, .. AdtsFrame]).Container.Name);
    }

    [Fact]
    public void Sniff_BehindAnId3Tag_LooksAtWhatFollows()
    {
        byte[] tag = [.. "ID3"u8, 4, 0, 0, 0, 0, 1, 0, .. new byte[128]];

        Assert.Equal("mp3", AudioSniffer.Sniff([.. tag, .. Mp3Frame]).Container.Name);
        Assert.Equal("aac", AudioSniffer.Sniff([.. tag, .. AdtsFrame]).Container.Name);
        Assert.Equal("flac", AudioSniffer.Sniff([.. tag, .. "fLaC\0\0\0\u0022...."u8]).Container.Name);
    }

    [Theory]
    [InlineData("caff\0\u0001\0\0desc", "caf")]
    [InlineData("RIFF....WAVEfmt ", "wav")]
    [InlineData("fLaC\0\0\0\u0022....", "flac")]
    [InlineData("OggS....................................", "ogg/other")]
    [InlineData("\0\0\0\u001cftypM4A ....", "mp4")]
    public void Sniff_BehindPadding_FindsTheFile(string head, string name)
    {
        var file = Encoding.Latin1.GetBytes(head);
        foreach (byte[] padding in new byte[][] { [0], [0, 0, 0], new byte[500], [13, 10], [10, 13, 10, 13, 10], [0xEF, 0xBB, 0xBF], [0xEF, 0xBB, 0xBF, 13, 10] })
        {
            var sniffed = AudioSniffer.Sniff([.. padding, .. file]);

            Assert.Equal((name, padding.Length), (sniffed.Container.Name, sniffed.Start));
        }
    }

    public static TheoryData<string, byte[]> BeforeTheFirstFrame => new()
    {
        { "500 zeros", new byte[500] },
        { "100,000 zeros", new byte[100_000] },
        { "the rest of a frame", Random(1, 417) },
        { "the rest of a frame that looks like one", [.. Mp3Frame[..100], .. Random(2, 300)] },
        { "some kilobytes of anything", Random(3, 8_000) },
        { "zeros and the rest of a frame", [.. new byte[64], .. Random(4, 300)] },
        { "a tag", Tag(200, new byte[200]) },
        { "a tag and zeros", [.. Tag(200, new byte[200]), .. new byte[3_000]] },
        { "zeros and a tag", [.. new byte[7], .. Tag(200, new byte[200])] },
        { "two tags", [.. Tag(200, new byte[200]), .. Tag(7, new byte[7])] },
        { "a tag longer than it says", Tag(200, new byte[5_000]) },
        { "a tag with a picture, longer than it says", Tag(1_000, Random(5, 300_000)) },
        { "a tag shorter than it says", Tag(1_000_000, new byte[5_000]) },
        { "a tag that says nothing", Tag(0, Random(6, 5_000)) },
        { "a tag with a footer", [.. "ID3"u8, 4, 0, 0x10, 0, 0, 0, 20, .. new byte[20], .. "3DI"u8, 4, 0, 0x10, 0, 0, 0, 20] },
    };

    [Theory]
    [MemberData(nameof(BeforeTheFirstFrame))]
    public void Sniff_BeforeTheFirstFrame_IsSkipped(string what, byte[] before)
    {
        foreach (var (frame, name) in new[] { (Mp3Frame, "mp3"), (AdtsFrame, "aac") })
        {
            byte[] file = [.. before, .. frame, .. frame, .. frame, .. frame, .. frame];

            var sniffed = AudioSniffer.Sniff(file);

            Assert.True((name, before.Length) == (sniffed.Container.Name, sniffed.Start), $"{what}: {sniffed}");
        }
    }

    // MPEG-2 at 22,050 Hz, 64 kbit/s, and MPEG-2.5 at 8,000 Hz, 16 kbit/s.
    [Theory]
    [InlineData(0xF3, 0x80, 208)]
    [InlineData(0xE3, 0x28, 144)]
    public void Sniff_LowSampleRatesBehindJunk_AreFound(byte second, byte third, int length)
    {
        byte[] frame = [0xFF, second, third, 0, .. new byte[length - 4]];

        Assert.Equal(300, AudioSniffer.Sniff([.. Random(8, 300), .. frame, .. frame, .. frame, .. frame]).Start);
    }

    [Fact]
    public void Sniff_RandomBytes_AreRefused()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            AssertRefused([1, .. Random(seed, 40_000)]);
            AssertRefused([.. new byte[seed], 1, .. Random(seed, 10_000)]);
            AssertRefused(Tag(seed * 10, Random(seed, 20_000)));
        }
    }

    [Fact]
    public void Sniff_TagsOrPaddingWithoutEnd_AreRefused()
    {
        AssertRefused([.. Enumerable.Repeat(Tag(0, []), 300_000).SelectMany(tag => tag)]);
        AssertRefused([.. Enumerable.Repeat("\uFEFF", 300_000).SelectMany(mark => Encoding.UTF8.GetBytes(mark))]);
        AssertRefused(new byte[10_000_000]);
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
    [InlineData("....free....................")]
    [InlineData("\0\0\0\u00ffskip....................")]
    public void Sniff_AnythingElse_IsRefused(string text) => AssertRefused(Encoding.Latin1.GetBytes(text));

    [Fact]
    public void Sniff_Unknown_SaysWhatIsAccepted() =>
        Assert.EndsWith($"accepted are {AudioContainers.Accepted}.", AssertRefused(new byte[100]).Message, StringComparison.Ordinal);

    private static byte[] Tag(int size, byte[] content) =>
        [.. "ID3"u8, 4, 0, 0, (byte)(size >> 21 & 127), (byte)(size >> 14 & 127), (byte)(size >> 7 & 127), (byte)(size & 127), .. content];

    private static byte[] Random(int seed, int length)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private static EngineException AssertRefused(byte[] file)
    {
        var failure = Assert.Throws<EngineException>(() => AudioSniffer.Sniff(file));
        Assert.Equal((FailureKind.BadJob, ErrorCode.UnsupportedAudio), (failure.Kind, failure.Code));
        return failure;
    }
}
