using VoiceWorker.Core.Admission;

namespace VoiceWorker.UnitTests.Pipeline;

public sealed class SenderAccountsTests
{
    [Fact]
    public void Of_MoreSendersThanAreKept_ForgetsThoseThatOweLeast()
    {
        var accounts = new SenderAccounts();
        var heavy = accounts.Of("alice", 0);
        heavy.Correct(heavy.Charge(600), 0);
        for (var i = 0; i < 100_000; i++)
        {
            var account = accounts.Of($"sender-{i}", 0);
            account.Correct(account.Charge(5), 0);
        }

        Assert.InRange(accounts.Count, 1, 4096);
        Assert.Same(heavy, accounts.Of("alice", 0));
    }

    [Fact]
    public void Of_SendersOfJobsThatAreHere_AreNeverForgotten()
    {
        var accounts = new SenderAccounts();
        for (var i = 0; i < 10_000; i++)
            accounts.Of($"sender-{i}", 0).Charge(1);

        Assert.Equal(10_000, accounts.Count);
    }
}
