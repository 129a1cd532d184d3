using System.Globalization;
using System.Text;
using System.Text.Json;
using RabbitMQ.Client;
using VoiceWorker.ChaosTests.Harness;

namespace VoiceWorker.ChaosTests.Inputs;

/// <summary>
/// Messages each of which is bad in another way: ids, headers, properties, encodings, sizes, JSON, audio. The same seed makes the
/// same ones. Either the message id or the correlation id of each is left whole, so that the books can be kept.
/// </summary>
internal sealed class BadMessages(int seed)
{
    private static readonly string[] Alphabets =
    [
        "abcdefghij", "ñáéßø", "日本語漢字", "привет", "\u200d\ufe0f\u202e\u2066", "\r\n\t\u001b[31m\0", "😀👩‍👩‍👧🇪🇸", "'\";--${}<>&|`", "../../%2e\\",
    ];

    private static readonly byte[] Wav = EngineServer.MakeWav(1600);

    private readonly Random _random = new(seed);

    /// <summary>The next one.</summary>
    public BadMessage Next(int number) => (number % 10) switch
    {
        0 => new(Json(), "application/json", p => p.MessageId = Text(60)),
        1 => new(Json(), "application/json", p => p.CorrelationId = Text(60)),
        2 => new(Json(("message_id", Any()), ("sender_id", Any()), ("voice", Any()), ("model", Any())), "application/json", _ => { }),
        3 => new(Json((Field(), Any()), (Field(), Any())), "application/json", _ => { }),
        4 => new(_random.Next(2) == 0 ? Wav : Json(), ContentType(), p => p.ContentEncoding = ContentEncoding()),
        5 => new(Wav, "audio/wav", p => p.Headers = Headers()),
        6 => new(Json(), "application/json", Properties),
        7 => new(Json(), "application/json", p => p.ReplyTo = Address()),
        8 => new(DamagedJson(), "application/json", _ => { }),
        _ => new(DamagedWav(), "audio/wav", p => p.Headers = new Dictionary<string, object?> { ["source_lang"] = "en", ["target_lang"] = "es" }),
    };

    private byte[] Json(params (string Name, object? Value)[] fields)
    {
        var job = new Dictionary<string, object?> { ["text"] = $"text {_random.Next()}", ["source_lang"] = "en", ["target_lang"] = "es", ["audio_format"] = "none" };
        foreach (var (name, value) in fields)
            job[name] = value;
        return JsonSerializer.SerializeToUtf8Bytes(job);
    }

    private string Field() => Pick("audio_data", "text", "source_lang", "target_lang", "audio_format", "progress", "include_original_audio", "deadline", "priority", "task");

    private string ContentType() => Pick(
        "", "text/html", "text/plain", "application/json; charset=utf-16", "application/xml", "audio/", "AUDIO/WAV; codecs=1", "audio/x-unknown", "video/mp4", new string('a', 255), Text(40), "image/png", "*/*");

    private string ContentEncoding() => Pick("gzip", "deflate", "br", "x", "utf-16", Text(40), new string('e', 255), "base64", "identity, gzip");

    private string Address() => Pick(
        "amq.fanout", "amq.rabbitmq.trace", "amq.rabbitmq.reply-to.x", "amq.rabbitmq.reply-to.!!.key", "nobody-" + Text(20), new string('x', 255), " ", "voice.*");

    private Dictionary<string, object?> Headers() => new()
    {
        ["source_lang"] = "en",
        ["target_lang"] = "es",
        [Pick("deadline", "traceparent", "voice", "sender_id", "source_lang", "progress", "x-voiceworker-attempt", "x-delivery-count", "x-voiceworker-replayed", "message_id", Text(20))] = HeaderValue(3),
        [Text(30)] = HeaderValue(3),
    };

    // Not a number, and the broker closes the connection of the producer itself.
    private object? HeaderValue(int depth) => _random.Next(depth == 0 ? 9 : 11) switch
    {
        0 => null,
        1 => _random.Next(2) == 0,
        2 => long.MinValue,
        3 => -1.5e300,
        4 => _random.Next(1000) / 100m,
        5 => Bytes(300),
        6 => Text(200),
        7 => new AmqpTimestamp(_random.NextInt64(0, long.MaxValue)),
        8 => (short)-1,
        9 => new List<object?> { HeaderValue(depth - 1), HeaderValue(depth - 1) },
        _ => new Dictionary<string, object?> { [Text(10)] = HeaderValue(depth - 1) },
    };

    private void Properties(BasicProperties properties)
    {
        properties.Timestamp = new(_random.NextInt64(0, long.MaxValue));
        properties.Expiration = Pick("1", "3600000", "4294967295");
        properties.Priority = (byte)_random.Next(256);
        properties.Type = Text(60);
        properties.AppId = Text(60);
        properties.DeliveryMode = (DeliveryModes)_random.Next(1, 3);
    }

    private object? Any() => _random.Next(8) switch
    {
        0 => null,
        1 => _random.Next(),
        2 => -1.5e300,
        3 => true,
        4 => Text(128),
        5 => Text(5000),
        6 => new[] { Text(5), Text(5) },
        _ => new Dictionary<string, object?> { [Text(5)] = Text(5) },
    };

    private byte[] DamagedJson()
    {
        var json = Json((Field(), Any()));
        switch (_random.Next(7))
        {
            case 0: return json[.._random.Next(json.Length)];
            case 1: return Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(json));
            case 2: return [0xef, 0xbb, 0xbf, .. json, .. Bytes(20)];
            case 3: return Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":[", _random.Next(1, 500))));
            case 4: return Encoding.UTF8.GetBytes($$"""{"text":"\ud8{{_random.Next(10):x2}}","source_lang":"en","target_lang":"es","audio_format":"none"}""");
            case 5: return Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $$"""{"audio_data":"{{Convert.ToBase64String(Bytes(400))[..^1]}}!","source_lang":"en","target_lang":"es"}"""));
            default:
                for (var i = 0; i < 5; i++)
                    json[_random.Next(json.Length)] = (byte)_random.Next(256);
                return json;
        }
    }

    private byte[] DamagedWav()
    {
        var wav = Wav.ToArray();
        for (var i = 0; i < 3; i++)
            wav[_random.Next(44)] = (byte)_random.Next(256);
        return _random.Next(3) == 0 ? wav[.._random.Next(60)] : wav;
    }

    private string Text(int runes)
    {
        var alphabet = Alphabets[_random.Next(Alphabets.Length)].EnumerateRunes().ToArray();
        var text = new StringBuilder();
        for (var i = _random.Next(1, runes + 1); i > 0; i--)
            text.Append(alphabet[_random.Next(alphabet.Length)].ToString());
        // A field of AMQP takes 255 bytes.
        while (runes <= 60 && Encoding.UTF8.GetByteCount(text.ToString()) > 255)
            text.Length /= 2;
        return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.ToString()));
    }

    private byte[] Bytes(int most)
    {
        var bytes = new byte[_random.Next(1, most)];
        _random.NextBytes(bytes);
        return bytes;
    }

    private T Pick<T>(params ReadOnlySpan<T> choices) => choices[_random.Next(choices.Length)];
}
