using System.Net;
using System.Net.Sockets;
using VoiceWorker.RabbitMq.Connection;

namespace VoiceWorker.UnitTests.RabbitMq;

public sealed class BatchingWriteStreamTests : IAsyncLifetime
{
    private readonly Socket _ours = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private Socket? _theirs;
    private BatchingWriteStream? _stream;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await _ours.ConnectAsync(listener.LocalEndpoint, Stop);
        _theirs = await listener.AcceptSocketAsync(Stop);
        _stream = new(_ours);
    }

    public ValueTask DisposeAsync()
    {
        _ours.Dispose();
        _theirs!.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact(Timeout = 20_000)]
    public async Task WriteAsync_PiecesOfEverySize_ArriveWholeAndInOrder()
    {
        var sent = new byte[3_000_000];
        new Random(1).NextBytes(sent);
        var receiving = ReceiveAsync(sent.Length);

        var random = new Random(2);
        for (var done = 0; done < sent.Length;)
        {
            var piece = Math.Min(sent.Length - done, random.Next(10) == 0 ? random.Next(200_000) : random.Next(2_000));
            await _stream!.WriteAsync(sent.AsMemory(done, piece), Stop);
            done += piece;
        }

        Assert.Equal(sent, await receiving);
    }

    [Fact(Timeout = 20_000)]
    public async Task WriteAsync_OnePiece_IsSentWithoutAnother()
    {
        await _stream!.WriteAsync(new byte[] { 1, 2, 3 }, Stop);

        Assert.Equal([1, 2, 3], await ReceiveAsync(3));
    }

    [Fact(Timeout = 20_000)]
    public async Task WriteAsync_BytesOfTheCaller_AreNotReadLater()
    {
        var bytes = new byte[] { 1, 2, 3 };
        await _stream!.WriteAsync(bytes, Stop);
        bytes.AsSpan().Clear();

        Assert.Equal([1, 2, 3], await ReceiveAsync(3));
    }

    [Fact(Timeout = 20_000)]
    public async Task WriteAsync_NobodyReads_WaitsInsteadOfGrowing()
    {
        using var patience = new CancellationTokenSource();
        var written = 0;
        var writing = Task.Run(async () =>
        {
            for (; written < 200_000_000; written += 1_000)
                await _stream!.WriteAsync(new byte[1_000], patience.Token);
        }, Stop);

        Assert.NotSame(writing, await Task.WhenAny(writing, Task.Delay(1_000, Stop)));
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writing);
    }

    [Fact(Timeout = 20_000)]
    public async Task WriteAsync_AfterTheConnectionIsLost_Fails()
    {
        _theirs!.Close(0);

        await Assert.ThrowsAsync<IOException>(async () =>
        {
            while (true)
            {
                await _stream!.WriteAsync(new byte[1_000], Stop);
                await Task.Yield();
            }
        });
    }

    [Fact(Timeout = 20_000)]
    public async Task DisposeAsync_BytesOnTheirWay_AreSentBefore()
    {
        await _stream!.WriteAsync(new byte[50_000], Stop);
        await _stream.DisposeAsync();
        _ours.Dispose();

        Assert.Equal(50_000, (await ReceiveAsync(50_000)).Length);
    }

    private async Task<byte[]> ReceiveAsync(int count)
    {
        var received = new byte[count];
        for (var done = 0; done < count;)
        {
            var more = await _theirs!.ReceiveAsync(received.AsMemory(done), Stop);
            Assert.NotEqual(0, more);
            done += more;
        }

        return received;
    }
}
