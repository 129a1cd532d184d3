using System.Text;
using VoiceWorker.Audio;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.UnitTests.Audio;

public sealed class Base64AudioTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(100_000)]
    public void Decode_AnyLength_GivesTheBytesBack(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);

        using var decoded = Base64Audio.Decode(Encoding.ASCII.GetBytes(Convert.ToBase64String(bytes)));

        Assert.Equal(bytes, decoded.Written.ToArray());
    }

    [Fact]
    public void Decode_WhiteSpaceAnywhere_IsSkipped()
    {
        using var decoded = Base64Audio.Decode(" Zm9v\r\nYm\tFy\n "u8);

        Assert.Equal("foobar"u8, decoded.Written.Span);
    }

    [Theory]
    [InlineData("Zm9vYg")]
    [InlineData("Zm9vYg=")]
    [InlineData("Zm9vYg===")]
    [InlineData("Zm9v=Yg=")]
    [InlineData("Zm9-Ym_y")]
    [InlineData("Zm9vYmFyZ")]
    [InlineData("data:audio/ogg;base64,Zm9v")]
    [InlineData("{}")]
    [InlineData("Zm9v\u00e4A==")]
    public void Decode_WrongAlphabetOrPadding_IsAnInvalidMessage(string text)
    {
        var failure = Assert.Throws<EngineException>(() => Base64Audio.Decode(Encoding.UTF8.GetBytes(text)));

        Assert.Equal((FailureKind.BadJob, ErrorCode.InvalidMessage), (failure.Kind, failure.Code));
        Assert.Contains("standard alphabet", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_WrongCharacter_SaysWhere()
    {
        var failure = Assert.Throws<EngineException>(() => Base64Audio.Decode("Zm9vZm9v*m9v"u8));

        Assert.Contains("at or behind character 8 of 12", failure.Message, StringComparison.Ordinal);
    }
}
