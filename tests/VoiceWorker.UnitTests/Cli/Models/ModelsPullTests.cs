using System.Security.Cryptography;
using VoiceWorker.UnitTests.Whisper;

namespace VoiceWorker.UnitTests.Cli.Models;

/// <summary>Downloads from a real web server that misbehaves in the usual ways.</summary>
public sealed class ModelsPullTests : IAsyncLifetime
{
    private static readonly byte[] Model = CreateModel();
    private readonly TestCommandLine _cli = new();
    private ModelServer _server = null!;

    private string Target => Path.Combine(_cli.Folder.FullName, "ggml-tiny.bin");

    private string Part => Target + ".part";

    private static string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Model));

    public async ValueTask InitializeAsync()
    {
        _server = await ModelServer.StartAsync();
        _server.File = Model;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _cli.Dispose();
    }

    [Fact]
    public async Task Pull_GoodFile_IsThereUnderItsNameAndVerified()
    {
        _server.StatedChecksum = Sha256;

        Assert.Equal(0, await PullAsync("tiny"));

        Assert.Equal(Model, await ReadAsync(Target));
        Assert.False(File.Exists(Part));
        Assert.Contains("32 x 2 heads", _cli.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("no checksum", _cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pull_BrokenConnections_GoesOnWhereItStopped()
    {
        _server.Breaks.Enqueue(100_000);
        _server.Breaks.Enqueue(50_000);

        Assert.Equal(0, await PullAsync("tiny"));

        Assert.Equal(["", "bytes=100000-", "bytes=150000-"], _server.Ranges);
        Assert.Equal(Model, await ReadAsync(Target));
    }

    [Fact]
    public async Task Pull_InterruptedForGood_KeepsThePartForTheNextTime()
    {
        _server.Breaks.Enqueue(100_000);

        Assert.Equal(1, await PullAsync("tiny", "--Stt:Pull:Retries=0"));
        Assert.Equal(100_000, new FileInfo(Part).Length);
        Assert.False(File.Exists(Target));
        Assert.Equal(0, await PullAsync("tiny"));

        Assert.Equal(["", "bytes=100000-"], _server.Ranges);
        Assert.Equal(Model, await ReadAsync(Target));
    }

    [Fact]
    public async Task Pull_ServerWithoutRanges_BeginsAgain()
    {
        _server.KnowsRanges = false;
        _server.Breaks.Enqueue(100_000);

        Assert.Equal(0, await PullAsync("tiny"));

        Assert.Equal(Model, await ReadAsync(Target));
    }

    [Fact]
    public async Task Pull_PartThatIsTheWholeFile_IsAcceptedWithoutFetchingItAgain()
    {
        await File.WriteAllBytesAsync(Part, Model, TestContext.Current.CancellationToken);

        Assert.Equal(0, await PullAsync("tiny"));

        Assert.Equal([$"bytes={Model.Length}-"], _server.Ranges);
        Assert.Equal(Model, await ReadAsync(Target));
    }

    [Fact]
    public async Task Pull_PartOfALongerFile_BeginsAgain()
    {
        await File.WriteAllBytesAsync(Part, new byte[Model.Length + 1], TestContext.Current.CancellationToken);

        Assert.Equal(0, await PullAsync("tiny"));

        Assert.Equal(Model, await ReadAsync(Target));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Pull_WrongChecksum_LeavesTheOldFileAndDropsTheNewOne(bool stated)
    {
        var wrong = new string('0', 64);
        await File.WriteAllTextAsync(Target, "old", TestContext.Current.CancellationToken);
        _server.StatedChecksum = stated ? wrong : null;

        Assert.Equal(1, await PullAsync(stated ? ["tiny"] : ["tiny", "--sha256", wrong]));

        Assert.Contains(Sha256, _cli.Error, StringComparison.Ordinal);
        Assert.Equal("old"u8.ToArray(), await ReadAsync(Target));
        Assert.False(File.Exists(Part));
    }

    [Fact]
    public async Task Pull_FileThatIsNoModel_IsRefused()
    {
        _server.File = "<html>sign in</html>"u8.ToArray();

        Assert.Equal(1, await PullAsync("tiny"));

        Assert.Contains("is no sound model", _cli.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Target));
    }

    [Fact]
    public async Task Pull_UnknownName_SaysWhichThereAreAndWhereItLooked()
    {
        Assert.Equal(1, await PullAsync("enormous"));

        Assert.Contains($"{_server.Address}ggml-enormous.bin does not exist", _cli.Error, StringComparison.Ordinal);
        Assert.Contains("large-v3-turbo", _cli.Error, StringComparison.Ordinal);
        Assert.Contains("--Stt:Pull:BaseAddress=", _cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pull_ServerThatIsBusy_SaysSoInTheEnd()
    {
        Assert.Equal(1, await PullAsync("busy", "--Stt:Pull:Retries=0"));

        Assert.Contains("503", _cli.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../tiny")]
    [InlineData("a/b")]
    public async Task Pull_NameThatIsAPath_IsRefused(string name)
    {
        Assert.Equal(1, await PullAsync(name));

        Assert.Contains("is no model's name", _cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_GoodFile_DescribesItWithItsChecksum()
    {
        await File.WriteAllBytesAsync(Target, Model, TestContext.Current.CancellationToken);

        Assert.Equal(0, await _cli.InvokeAsync("models", "verify", Target, "--sha256", Sha256));

        Assert.Contains("32 x 2 heads", _cli.Out, StringComparison.Ordinal);
        Assert.Contains(Sha256, _cli.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_TruncatedFile_SaysWhatIsWrong()
    {
        await File.WriteAllBytesAsync(Target, Model[..^10], TestContext.Current.CancellationToken);

        Assert.Equal(1, await _cli.InvokeAsync("models", "verify", Target));

        Assert.Contains("is no sound model", _cli.Error, StringComparison.Ordinal);
    }

    private Task<int> PullAsync(params string[] arguments) =>
        _cli.InvokeAsync(["models", "pull", .. arguments, $"--Stt:Pull:BaseAddress={_server.Address}", $"--Stt:Pull:Folder={_cli.Folder.FullName}"]);

    private static async Task<byte[]> ReadAsync(string path) => await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);

    private static byte[] CreateModel()
    {
        using var stream = new MemoryStream();
        GgmlFileWriter.Write(stream, GgmlFileWriter.Smallest);
        return stream.ToArray();
    }
}
