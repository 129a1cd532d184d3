using System.Collections.Concurrent;
using VoiceWorker.Whisper.Onnx.Features;
using VoiceWorker.Whisper.Onnx.Network;

namespace VoiceWorker.UnitTests.Whisper;

/// <summary>
/// A network with the real pools of stores, whose logits tell what it has read: a digest of the text's tokens and the
/// window's number. Now and then it fails.
/// </summary>
internal sealed class RememberingNetwork(int seed) : IWhisperNetwork
{
    /// <summary>Logits of a row.</summary>
    public const int Width = 2;

    private const int KeyWidth = 32;
    private readonly Random _random = new(seed);
    private readonly KvCachePool _texts = new(1, KeyWidth, 64, kept: 64);
    private readonly KvCachePool _windows = new(1, KeyWidth, 32, kept: 8);
    private int _rented;

    public int MaxRows => 32;

    public int Vocabulary => Width;

    /// <summary>Stores that somebody has.</summary>
    public int Rented => _rented;

    /// <summary>What was thrown.</summary>
    public ConcurrentQueue<Exception> Thrown { get; } = [];

    public static float Digest(IEnumerable<int> tokens) => tokens.Aggregate(17, (digest, token) => ((digest * 31) + token) % 100_003);

    public IWindowEncoding Encode(LogMelSpectrogram mel, int start, int positions, bool inSmallPieces) => new Encoding(this, positions, inSmallPieces ? 3 : 1);

    public SelfAttentionCache CreateText() => new([Rent(_texts)], store => Return(_texts, store));

    public Span<float> Step(IReadOnlyList<DecoderRow> rows)
    {
        FailNowAndThen();
        var logits = new List<float>();
        foreach (var row in rows)
        {
            Note(row.Text[0], row.Token);
            if (row.WantsLogits)
                logits.AddRange([Digest(Read(row.Text[0])), Read(row.Audio[0]).Single()]);
        }

        return logits.ToArray();
    }

    public void Dispose()
    {
        _texts.Dispose();
        _windows.Dispose();
    }

    private static void Note(KvCache store, int number)
    {
        // Beside the largest number of 15 bits every other one is kept exactly.
        var key = new float[KeyWidth];
        (key[0], key[1]) = (number, 32767);
        store.Append(key, key);
    }

    private static IEnumerable<int> Read(KvCache store)
    {
        var (query, result) = (new float[KeyWidth], new float[KeyWidth]);
        var sums = new int[store.Count + 1];
        for (var count = 1; count <= store.Count; count++)
        {
            // With a query of nothing all positions count the same: the mean of the values.
            store.Attend(0, query, count, result);
            sums[count] = (int)Math.Round((double)result[0] * count);
            yield return sums[count] - sums[count - 1];
        }
    }

    private void FailNowAndThen()
    {
        if (_random.Next(40) != 0)
            return;
        var defect = new InvalidOperationException("the network's defect");
        Thrown.Enqueue(defect);
        throw defect;
    }

    private KvCache Rent(KvCachePool pool)
    {
        Interlocked.Increment(ref _rented);
        return pool.Rent();
    }

    private void Return(KvCachePool pool, KvCache store)
    {
        pool.Return(store);
        Interlocked.Decrement(ref _rented);
    }

    private sealed class Encoding(RememberingNetwork network, int window, int pieces) : IWindowEncoding
    {
        private KvCache? _store;
        private int _left = pieces;

        public CrossAttentionCache? Advance()
        {
            network.FailNowAndThen();
            if (--_left > 0)
                return null;
            _store = network.Rent(network._windows);
            Note(_store, window);
            network.FailNowAndThen();
            var audio = new CrossAttentionCache([_store], store => network.Return(network._windows, store));
            _store = null;
            return audio;
        }

        public void Dispose()
        {
            if (_store is not null)
                network.Return(network._windows, _store);
            _store = null;
        }
    }
}
