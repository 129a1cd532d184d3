using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using RabbitMQ.Client;
using VoiceWorker.ChaosTests.Harness;
using VoiceWorker.IntegrationTests;
using VoiceWorker.IntegrationTests.Broker;

namespace VoiceWorker.ChaosTests.Inputs;

/// <summary>Every bad input of the design through the real worker, broker and ffmpeg: each is answered or dead-lettered, and neighbours do not notice.</summary>
public sealed class HostileJobTests(BrokerFixture broker)
{
    private static readonly byte[] Wav = EngineServer.MakeWav(4000);

    private readonly List<string> _bad = [];

    [Fact]
    public async Task Audio_OfEveryBadKind_IsAnsweredWithAnErrorAndNothingIsFetched()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using var run = await StartAsync("bad audio");
        foreach (var (id, body) in Playlists($"http://{listener.LocalEndpoint}/a.ts").Concat(Waves()))
            await SendAsync(run, id, body);
        for (var length = 0; length < 64 * 12; length += 64)
            await run.Producer.SendSpeechAsync($"truncated at {length}", Wav[..length]);
        await SendAsync(run, "six hours of silence", await FfmpegAsync("-f lavfi -i anullsrc=r=8000:cl=mono -t 21600 -c:a flac -f flac"));
        await run.Producer.SendSpeechAsync("data size 0x7fffff00", With(40, 0x7fff_ff00));
        await run.Producer.SendSpeechAsync("24 streams", await FfmpegAsync($"-f lavfi -i sine=d=1 {string.Concat(Enumerable.Repeat("-map 0:a ", 24))} -c:a libopus -f matroska"));

        await VerifyAsync(run);
        Assert.False(listener.Pending());
    }

    [Fact]
    public async Task Json_OfEveryBadKind_IsAnsweredWithAnError()
    {
        await using var run = await StartAsync("bad JSON");
        foreach (var (id, body) in Messages())
            await SendAsync(run, id, Encoding.UTF8.GetBytes(body), "application/json");
        await SendAsync(run, "JSON as audio", "{}"u8.ToArray(), "audio/wav");
        await SendAsync(run, "audio as JSON", Wav, "application/json");
        await SendAsync(run, "gzip", "{}"u8.ToArray(), "application/json", p => p.ContentEncoding = "gzip");
        await SendAsync(run, "other type", "{}"u8.ToArray(), "text/html");
        await run.Producer.SendAsync("white space in base64", Encoding.UTF8.GetBytes($$"""{"audio_data":"{{Convert.ToBase64String(Wav).Insert(40, @"\r\n \t")}}","source_lang":"en","target_lang":"es"}"""), "application/json");

        await VerifyAsync(run);
        Assert.Equal(0, run.Producer.Jobs["white space in base64"].Errors);
    }

    [Fact]
    public async Task Routing_OfEveryBadKind_ReachesNobodyElse()
    {
        await using var run = await StartAsync("bad routing", "--RabbitMq:ReplyTo:0=replies-*");
        await using var victim = await VictimAsync(await broker.NodeAsync());
        await run.Producer.SendTextAsync("to the jobs", p => p.ReplyTo = run.Queues.Jobs);
        await run.Producer.SendTextAsync("to the dead", p => p.ReplyTo = run.Queues.Dead);
        await run.Producer.SendTextAsync("to a fanout", p => p.ReplyTo = "amq.fanout");
        await run.Producer.SendTextAsync("to somebody else", p => p.ReplyTo = victim.Queue);
        await run.Producer.SendTextAsync("to a long name", p => p.ReplyTo = new string('x', 255));
        var refused = run.Producer.Jobs.Keys.ToList();
        // Bad ones that are answered, with whatever else they carry left behind.
        await SendAsync(run, "copies", "no json"u8.ToArray(), "application/json", p => p.Headers = new Dictionary<string, object?> { ["CC"] = new List<object?> { victim.Queue + "-no" }, ["x"] = new string('h', 100_000) });
        await SendAsync(run, "ids", "no json"u8.ToArray(), "application/json", p => p.MessageId = "\r\n2026 fail: forged\u001b[31m\u202e");

        var tally = await VerifyAsync(run);
        Assert.All(refused, id => Assert.Equal(0, run.Producer.Jobs[id].Replies));
        Assert.Equal(refused.Count + 2, tally.DeadLetters);
        Assert.Equal(0u, await run.Queues.CountAsync(victim.Queue));
        Assert.DoesNotContain("\n2026 fail: forged", run.Worker.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', run.Worker.Output);
    }

    [Fact]
    public async Task Bytes_DamagedAtRandom_AreAllAnswered()
    {
        await using var run = await StartAsync($"{LongForm.Damaged} damaged inputs");
        foreach (var (id, body, type) in DamagedSamples.Make(LongForm.Damaged))
            await run.Producer.SendAsync(id, body, type, p => p.Headers = new Dictionary<string, object?> { ["source_lang"] = "en", ["target_lang"] = "es", ["audio_format"] = "audio/wav" });

        await VerifyAsync(run);
    }

    private async Task<ChaosRun> StartAsync(string name, params string[] settings) => await ChaosRun.StartAsync(
        name, await broker.NodeAsync(), ["--RabbitMq:MaxMessageBytes=16777216", "--RabbitMq:MaxBytesInFlight=67108864", "--Audio:MaxDuration=00:05:00", .. settings]);

    private async Task SendAsync(ChaosRun run, string id, byte[] body, string type = "audio/wav", Action<BasicProperties>? change = null)
    {
        _bad.Add(id);
        await run.Producer.SendAsync(id, body, type, p =>
        {
            p.Headers = new Dictionary<string, object?> { ["source_lang"] = "en", ["target_lang"] = "es" };
            change?.Invoke(p);
        });
    }

    private async Task<Tally> VerifyAsync(ChaosRun run)
    {
        await Wait.UntilAsync(async () => await run.Worker.MetricAsync("voiceworker_rabbitmq_unsettled") == 0 && await run.Queues.CountAsync(run.Queues.Jobs) == 0, "all inputs are settled");
        Assert.InRange(run.Worker.PeakBytes, 0, 600_000_000);
        var tally = await run.VerifyAsync();
        Assert.All(_bad, id => Assert.True(run.Producer.Jobs[id].Errors > 0, $"'{id}' was not answered with an error"));
        return tally;
    }

    private static async Task<Victim> VictimAsync(RabbitMqNode node)
    {
        var connection = await node.ConnectAsync();
        var channel = await connection.CreateChannelAsync();
        var queue = $"private-{Guid.NewGuid():n}";
        await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false);
        return new(connection, queue);
    }

    private static IEnumerable<(string, byte[])> Playlists(string address) =>
    [
        ("hls", Encoding.ASCII.GetBytes($"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{address}\n#EXT-X-ENDLIST\n")),
        ("ffconcat", Encoding.ASCII.GetBytes($"ffconcat version 1.0\nfile {address}\n")),
        ("dash", Encoding.ASCII.GetBytes($"<?xml version=\"1.0\"?>\n<MPD><Period><BaseURL>{address}</BaseURL></Period></MPD>")),
        ("subfile", "subfile,,start,0,end,0,,:/etc/hostname"u8.ToArray()),
        ("concat", "concat:/etc/hostname|/etc/passwd"u8.ToArray()),
        ("ogg with a playlist", Encoding.ASCII.GetBytes($"OggS\n#EXTM3U\n#EXTINF:1,\n{address}\n")),
    ];

    private static IEnumerable<(string, byte[])> Waves() =>
    [
        ("0 Hz", With(24, 0)), ("1 Hz", With(24, 1)), ("2^31 Hz", With(24, unchecked((int)0x8000_0000))),
        ("65535 channels", With(22, 0x3e80_ffff)), ("zero samples", Wav[..44]), ("not a number", NotANumber()),
    ];

    private static byte[] With(int offset, int value)
    {
        var file = Wav.ToArray();
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(offset), value);
        return file;
    }

    private static byte[] NotANumber()
    {
        var file = Wav.ToArray();
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(20), 3);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(32), 0x0020_0004);
        for (var at = 44; at < file.Length; at += 4)
            BinaryPrimitives.WriteSingleLittleEndian(file.AsSpan(at), float.NaN);
        return file;
    }

    private static IEnumerable<(string, string)> Messages()
    {
        string Audio(string base64) => $$"""{"audio_data":"{{base64}}","source_lang":"en","target_lang":"es"}""";
        return
        [
            ("no padding", Audio("UklGRg=")), ("URL alphabet", Audio("UklG_-__")), ("odd length", Audio("UklGR")),
            ("depth 100,000", "{\"x\":" + new string('[', 100_000) + new string(']', 100_000) + "}"),
            ("key twice", """{"text":"a","text":"b","target_lang":"es"}"""),
            ("a million keys", "{" + string.Join(',', Enumerable.Range(0, 1_000_000).Select(i => $"\"k{i}\":1")) + "}"),
            ("text of a wrong type", """{"text":{"a":1},"target_lang":"es"}"""), ("language of a wrong type", """{"text":"a","target_lang":7}"""),
            ("array", "[]"), ("nothing", ""), ("null", "null"), ("half of it", """{"text":"a","""),
        ];
    }

    private static async Task<byte[]> FfmpegAsync(string arguments)
    {
        using var ffmpeg = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("ffmpeg", $"-v error -nostdin {arguments} pipe:1") { RedirectStandardOutput = true })!;
        using var output = new MemoryStream();
        await ffmpeg.StandardOutput.BaseStream.CopyToAsync(output);
        await ffmpeg.WaitForExitAsync();
        return output.ToArray();
    }

    private sealed record Victim(IConnection Connection, string Queue) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Connection.DisposeAsync();
    }
}
