using VoiceWorker.Audio.Mp4;
using static VoiceWorker.UnitTests.Audio.Mp4Builder;

namespace VoiceWorker.UnitTests.Audio;

public sealed class Mp4FastStartTests
{
    // ftyp takes 16 bytes, mdat's header 8: the media starts at 24.
    private static readonly byte[] Media = [.. Enumerable.Range(0, 100).Select(i => (byte)i)];

    [Theory]
    [InlineData("stco")]
    [InlineData("co64")]
    public void Arrange_IndexAtTheEnd_ComesFirstAndItsOffsetsStillPointAtTheMedia(string table)
    {
        var offsets = table == "stco" ? Table(24, 64) : LongTable(24, 64);

        var file = Join(Mp4FastStart.Arrange(IndexAtTheEnd(Media, offsets, table)));

        var moov = Moov(offsets, table).Length;
        var moved = table == "stco" ? Table(24 + (uint)moov, 64 + (uint)moov) : LongTable(24 + (ulong)moov, 64 + (ulong)moov);
        Assert.Equal([.. Box("ftyp", [.. "M4A \0\0\0\0"u8]), .. Moov(moved, table), .. Box("mdat", Media), .. Box("free", new byte[4])], file);
        Assert.Equal((0, 40), (file[24 + moov], file[64 + moov]));
    }

    [Fact]
    public void Arrange_SizesOf64Bits_AreRead()
    {
        byte[] file = [.. Box("ftyp", new byte[8]), .. LongBox("mdat", Media), .. Moov(Table(32))];

        var arranged = Join(Mp4FastStart.Arrange(file));

        Assert.Equal(Moov(Table(32 + (uint)Moov(Table(32)).Length)), arranged[16..(16 + Moov(Table(32)).Length)]);
    }

    [Fact]
    public void Arrange_OffsetsOutsideOfWhatMoves_StayAsTheyAre()
    {
        var file = IndexAtTheEnd(Media, Table(3, 4_000_000_000));

        Assert.Equal(Moov(Table(3, 4_000_000_000)), Join(Mp4FastStart.Arrange(file))[16..(16 + Moov(Table(0, 0)).Length)]);
    }

    [Fact]
    public void Arrange_TableThatClaimsMoreThanItHas_IsPatchedToItsEnd()
    {
        byte[] table = [.. U32(0), .. U32(uint.MaxValue), .. U32(24), 1, 2];

        var arranged = Join(Mp4FastStart.Arrange(IndexAtTheEnd(Media, table)));

        byte[] expected = [.. U32(0), .. U32(uint.MaxValue), .. U32(24 + (uint)Moov(table).Length), 1, 2];
        Assert.Equal(Moov(expected), arranged[16..(16 + Moov(table).Length)]);
    }

    [Fact]
    public void Arrange_IndexFirst_ChangesNothing()
    {
        byte[] file = [.. Box("ftyp", new byte[8]), .. Moov(Table(500)), .. Box("mdat", Media)];

        Assert.Equal(file, Assert.Single(Mp4FastStart.Arrange(file)).ToArray());
    }

    [Fact]
    public void Arrange_DamagedAnywhere_LosesNoByte()
    {
        var file = IndexAtTheEnd(Media, Table(24, 64));
        var random = new Random(5);
        for (var round = 0; round < 5_000; round++)
        {
            var damaged = file[..random.Next(1, file.Length + 1)];
            for (var flip = 0; flip < 3; flip++)
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);

            Assert.Equal(damaged.Length, Join(Mp4FastStart.Arrange(damaged)).Length);
        }
    }

    private static byte[] Join(IReadOnlyList<ReadOnlyMemory<byte>> parts) => [.. parts.SelectMany(part => part.ToArray())];
}
