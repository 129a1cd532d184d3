using System.Text;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Contract.Reading;
using VoiceWorker.Contract.Texts;
using VoiceWorker.Core.Ports;
using VoiceWorker.UnitTests.Audio;

namespace VoiceWorker.UnitTests.Messages;

/// <summary>Ten thousand damaged messages at the JSON entrance, and on into the decoder: a job, or an error that says why not.</summary>
public sealed class JobReaderFuzzTests
{
    private const int Rounds = 2_500;

    // What turns one JSON into another more often than a flipped bit does.
    private static readonly string[] Snippets =
        ["\"", "\\", "\\u", "\\ud800", "{", "}", "[[[[", "]", ",", ":", "null", "1e999", "-", "\0", "\uFEFF", "\"text\":", "\"audio_data\":\"data:audio/wav;base64,", "\"target_lang\":\"es\","];

    [Theory]
    [InlineData("""{"text":"Good \u006dorning, a\\b\"c\" \ud83d\ude00","source_lang":"en","target_lang":"es","sender_id":42,"message_id":"m-1","voice":"anna","audio_format":"audio/flac","progress":true,"extra":{"a":[1,{"b":null}]}}""")]
    [InlineData("""{"audio_data":"data:audio/wav;base64,UklGRjQAAABXQVZFZm10IBAAAAABAAEAgD4AAAB9AAACABAAZGF0YRAAAAABAAIAAwAEAAUABgAHAAgA","source_lang":"auto","target_lang":"es","include_original_audio":true}""")]
    [InlineData("""{"audio_data":"UklGRjQAAABXQVZFZm10IBAAAAABAAEAgD4AAAB9AAACABAAZGF0\/RAAAAABAAIA AwAE\nAAUABgAHAAgA","target_lang":"es","text":null}""")]
    [InlineData("""[{"text":"a","target_lang":"es"},"padding padding padding padding"]""")]
    public async Task Read_DamagedMessage_IsAJobOrAnErrorInWords(string message)
    {
        var reader = new JobReader(new JobLimits { MaxBodyBytes = 64 * 1024 });
        var decoder = Decoders.InProcess();
        var random = new Random(message.Length);
        // Tables that are read once for all messages.
        Nfc.Compose("e\u0301");
        reader.Read(Encoding.UTF8.GetBytes(message), Properties(new Random(1)));
        for (var round = 0; round < Rounds; round++)
        {
            var body = Damage(Encoding.UTF8.GetBytes(message), random);
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var job = reader.Read(body, Properties(random));
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - allocated, 0, 64 * 1024);
            Assert.NotEmpty(job.MessageId);
            if (job.Input is InvalidInput { Failure: var failure })
                Assert.True(failure is { Kind: FailureKind.BadJob, Message.Length: > 0 }, $"{failure}");
            else if (job.Input is AudioInput audio)
                await DecodeAsync(decoder, audio);
        }
    }

    private static byte[] Damage(byte[] body, Random random)
    {
        for (var change = random.Next(1, 5); change > 0 && body.Length > 0; change--)
        {
            var at = random.Next(body.Length);
            var count = random.Next(1, 8);
            body = random.Next(5) switch
            {
                0 => body[..at],
                1 => [.. body[..at], .. body[Math.Min(at + count, body.Length)..]],
                2 => [.. body[..at], .. Encoding.UTF8.GetBytes(Snippets[random.Next(Snippets.Length)]), .. body[at..]],
                3 => [.. body[..at], .. body.AsSpan(random.Next(body.Length)), .. body[at..]],
                _ => [.. body[..at], (byte)(body[at] ^ (1 << random.Next(8))), .. body[(at + 1)..]],
            };
        }

        return body;
    }

    private static JobProperties Properties(Random random) => new()
    {
        ContentType = random.Next(8) switch { 0 => "audio/wav", 1 => "application/octet-stream", 2 => null, _ => "application/json" },
        MessageId = random.Next(4) == 0 ? "\u001b[31mid\r\n" + (char)random.Next(0x10000) : null,
        Expiration = random.Next(4) == 0 ? $"{random.NextInt64()}" : null,
        Headers = random.Next(2) == 0 ? null : new Dictionary<string, object?> { ["target_lang"] = new byte[] { 0xff, (byte)random.Next(256) }, ["deadline"] = random.NextInt64(), ["voice"] = new List<object?>() },
    };

    private static async Task DecodeAsync(VoiceWorker.Audio.AudioDecoder decoder, AudioInput input)
    {
        try
        {
            using var audio = await decoder.DecodeAsync(input, TestContext.Current.CancellationToken);
            Assert.NotEqual(0, audio.Samples.Length);
        }
        catch (EngineException e)
        {
            Assert.True(e.Kind == FailureKind.BadJob || e.Code == ErrorCode.EngineUnavailable, e.Message);
            Assert.NotEmpty(e.Message);
        }
    }
}
