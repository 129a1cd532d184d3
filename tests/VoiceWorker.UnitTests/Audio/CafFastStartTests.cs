using System.Text;
using VoiceWorker.Audio.Caf;

namespace VoiceWorker.UnitTests.Audio;

public sealed class CafFastStartTests
{
    [Fact]
    public void Arrange_PacketTableBehindTheData_ComesBeforeThem()
    {
        var file = File(Chunk("desc", 32), Chunk("data", 1_000), Chunk("info", 7), Chunk("pakt", 50), Chunk("user", 9));

        Assert.Equal(File(Chunk("desc", 32), Chunk("pakt", 50), Chunk("data", 1_000), Chunk("info", 7), Chunk("user", 9)), Arranged(file));
    }

    [Fact]
    public void Arrange_NoTableBehindTheData_ChangesNothing()
    {
        foreach (var file in new[] { File(Chunk("desc", 32), Chunk("pakt", 50), Chunk("data", 1_000)), File(Chunk("desc", 32), Chunk("data", 1_000), new byte[100]) })
            Assert.Equal(file, Arranged(file));
    }

    [Theory]
    [InlineData(0xFF)]
    [InlineData(0x7F)]
    [InlineData(0x00)]
    public void Arrange_DataOfUnknownOrWrongSize_ChangesNothing(byte size)
    {
        var file = File(Chunk("desc", 32), Chunk("data", 1_000), Chunk("pakt", 50));
        file.AsSpan(8 + 44 + 4, 8).Fill(size);

        Assert.Equal(file, Arranged(file));
    }

    [Fact]
    public void Arrange_CutAnywhere_KeepsEveryByte()
    {
        var file = File(Chunk("desc", 32), Chunk("data", 100), Chunk("pakt", 50));
        for (var length = 0; length <= file.Length; length++)
            Assert.Equal(file[..length].Order(), Arranged(file[..length]).Order());
    }

    private static byte[] Arranged(byte[] file) => [.. CafFastStart.Arrange(file).SelectMany(part => part.ToArray())];

    private static byte[] File(params byte[][] chunks) => [.. "caff\0\u0001\0\0"u8, .. chunks.SelectMany(chunk => chunk)];

    private static byte[] Chunk(string name, int length) =>
        [.. Encoding.ASCII.GetBytes(name), 0, 0, 0, 0, 0, 0, (byte)(length >> 8), (byte)length, .. Enumerable.Range(0, length).Select(i => (byte)i)];
}
