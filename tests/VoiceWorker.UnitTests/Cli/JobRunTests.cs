using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;
using VoiceWorker.Host.Cli.Jobs;

namespace VoiceWorker.UnitTests.Cli;

public sealed class JobRunTests
{
    [Fact]
    public async Task ToOutcomeAsync_ConnectionIsGone_SaysSo()
    {
        var gone = new AlreadyClosedException(new ShutdownEventArgs(ShutdownInitiator.Peer, 320, "CONNECTION_FORCED"));
        var outcome = await JobRun.ToOutcomeAsync("a.wav", () => throw gone, TestContext.Current.CancellationToken);
        Assert.False(outcome.Succeeded);
        Assert.StartsWith("The connection to the broker is gone:", outcome.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ToOutcomeAsync_AnyOtherError_IsTheJobsProblem() =>
        Assert.Equal("a bug", (await JobRun.ToOutcomeAsync("a.wav", () => throw new InvalidOperationException("a bug"), TestContext.Current.CancellationToken)).Problem);

    [Fact]
    public async Task ToOutcomeAsync_UserGaveUp_IsCancelled()
    {
        using var user = new CancellationTokenSource();
        await user.CancelAsync();
        Assert.Equal("cancelled", (await JobRun.ToOutcomeAsync("a.wav", () => Task.FromCanceled<JobOutcome>(user.Token), user.Token)).Problem);
    }
}
