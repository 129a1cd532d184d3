using System.Buffers;
using BenchmarkDotNet.Attributes;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Contract.Replies;

namespace VoiceWorker.Benchmarks;

/// <summary>A reply of 1 MB of JSON, into memory that is there.</summary>
[MemoryDiagnoser]
public class ReplyWriting
{
    private readonly ArrayBufferWriter<byte> _output = new(2_000_000);
    private readonly TranslationReply _reply = new(
        "1", new(new("good day", "en", [new(0, 1, "good day")]), "buenos días", "es"), new(new byte[786_432], AudioFormat.OggOpus), null, false, "es", false, new(), 1);

    [Benchmark]
    public int Write()
    {
        _output.ResetWrittenCount();
        ReplyWriter.Write(_output, _reply);
        return _output.WrittenCount;
    }
}
