using VoiceWorker.Contract.Jobs;

namespace VoiceWorker.UnitTests.Messages;

public sealed class AudioFormatsTests
{
    [Theory]
    [InlineData(null, AudioFormat.OggOpus)]
    [InlineData(" ", AudioFormat.OggOpus)]
    [InlineData("audio/ogg; codecs=opus", AudioFormat.OggOpus)]
    [InlineData("audio/ogg;codecs=\"Opus\"", AudioFormat.OggOpus)]
    [InlineData("Audio/OGG", AudioFormat.OggOpus)]
    [InlineData("ogg", AudioFormat.OggOpus)]
    [InlineData("OPUS", AudioFormat.OggOpus)]
    [InlineData("audio/opus", AudioFormat.OggOpus)]
    [InlineData("audio/x-wav", AudioFormat.Wav)]
    [InlineData("audio/wav; codecs=1", AudioFormat.Wav)]
    [InlineData("wav", AudioFormat.Wav)]
    [InlineData("audio/mp3", AudioFormat.Mp3)]
    [InlineData("audio/mpeg", AudioFormat.Mp3)]
    [InlineData("Mp3", AudioFormat.Mp3)]
    [InlineData("flac", AudioFormat.Flac)]
    [InlineData("audio/x-flac", AudioFormat.Flac)]
    [InlineData("NONE", AudioFormat.None)]
    public void TryParse_UsualName_IsUnderstood(string? name, AudioFormat format)
    {
        Assert.True(AudioFormats.TryParse(name, out var parsed));
        Assert.Equal(format, parsed);
    }

    [Theory]
    [InlineData("audio/x")]
    [InlineData("audio/webm;codecs=opus")]
    [InlineData("audio/ogg; codecs=vorbis")]
    [InlineData("audio/aac")]
    public void TryParse_FormatThatNoReplyIsIn_IsRefused(string name) => Assert.False(AudioFormats.TryParse(name, out _));
}
