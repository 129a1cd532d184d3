using System.Text;
using RabbitMQ.Client;
using VoiceWorker.Contract.Bodies;
using VoiceWorker.Contract.Reading;
using VoiceWorker.RabbitMq.Publishing;

namespace VoiceWorker.UnitTests.Messages;

public sealed class ShortStringTests
{
    [Theory]
    [InlineData(255, "x")]
    [InlineData(127, "é")]
    [InlineData(85, "中")]
    public void Fit_TextThatFits_IsItself(int times, string letter)
    {
        var text = string.Concat(Enumerable.Repeat(letter, times));
        Assert.Same(text, ShortString.Fit(text));
    }

    [Theory]
    [InlineData(256, "x")]
    [InlineData(128, "é")]
    [InlineData(100, "\ufffd")]
    [InlineData(100, "\ud800")]
    [InlineData(64, "😀")]
    public void Fit_LongerText_KeepsItsBeginningAndStaysUnique(int times, string letter)
    {
        var text = "id-" + string.Concat(Enumerable.Repeat(letter, times));
        var fitted = ShortString.Fit(text);
        Assert.InRange(Encoding.UTF8.GetByteCount(fitted), 200, ShortString.MaxBytes);
        Assert.StartsWith("id-" + letter, fitted, StringComparison.Ordinal);
        Assert.Equal(fitted, ShortString.Fit(text));
        Assert.NotEqual(fitted, ShortString.Fit(text + letter));
    }

    [Theory]
    [InlineData("é")]
    [InlineData("\u202e")]
    [InlineData("😀\n")]
    public void Clean_OverlongId_Fits(string part)
    {
        var id = MessageIds.Clean(string.Concat(Enumerable.Repeat(part + "x", 128)))!;
        Assert.InRange(Encoding.UTF8.GetByteCount(id), 1, ShortString.MaxBytes);
        Assert.Equal(id, MessageIds.WithoutControls(id));
    }

    [Fact]
    public void FitShortStrings_WhateverTheClientReadFromBrokenBytes_CanBeWritten()
    {
        var broken = new string('\ufffd', 100);
        var properties = new BasicProperties
        {
            ContentType = broken,
            ContentEncoding = broken,
            CorrelationId = broken,
            ReplyTo = broken,
            Expiration = broken,
            MessageId = broken,
            Type = broken,
            UserId = broken,
            AppId = broken,
            ClusterId = broken,
            Headers = new Dictionary<string, object?> { [broken] = 1, ["short"] = 2, ["table"] = new Dictionary<string, object?> { ["list"] = new List<object?> { new Dictionary<string, object?> { [broken] = new byte[] { 3 } } } } },
        }.FitShortStrings();
        string?[] all =
        [
            properties.ContentType, properties.ContentEncoding, properties.CorrelationId, properties.ReplyTo, properties.Expiration, properties.MessageId,
            properties.Type, properties.UserId, properties.AppId, properties.ClusterId, .. properties.Headers!.Keys,
        ];
        Assert.All(all, value => Assert.InRange(Encoding.UTF8.GetByteCount(value!), 1, ShortString.MaxBytes));
        Assert.Equal(2, properties.Headers!["short"]);
        var list = (IList<object?>)((IDictionary<string, object?>)properties.Headers["table"]!)["list"]!;
        var (name, value) = Assert.Single((IDictionary<string, object?>)list[0]!);
        Assert.Equal((ShortString.Fit(broken), (byte)3), (name, ((byte[])value!)[0]));
    }
}
