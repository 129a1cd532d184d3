using System.Runtime.InteropServices;

namespace VoiceWorker.Core.Admission;

/// <summary>The senders' accounts. Those that owe nothing are forgotten, and of too many the ones that owe least.</summary>
internal sealed class SenderAccounts
{
    // Anyone can invent senders; at the longest ids this is about 2 MB.
    private const int Most = 4096;

    private readonly Dictionary<string, SenderAccount> _accounts = new(StringComparer.Ordinal);
    private int _cleanUpAt = Most;

    /// <summary>How many are kept.</summary>
    public int Count => _accounts.Count;

    /// <summary>A sender's account.</summary>
    public SenderAccount Of(string sender, double virtualTime)
    {
        if (_accounts.Count >= _cleanUpAt)
            CleanUp(virtualTime);
        ref var account = ref CollectionsMarshal.GetValueRefOrAddDefault(_accounts, sender, out _);
        return account ??= new();
    }

    private void CleanUp(double virtualTime)
    {
        var idle = _accounts.Where(account => account.Value.IsIdle).OrderBy(account => account.Value.Finish).ToList();
        var least = _accounts.Count - (Most / 2);
        for (var i = 0; i < idle.Count && (i < least || idle[i].Value.Finish <= virtualTime); i++)
            _accounts.Remove(idle[i].Key);
        // Senders of jobs that are here are never forgotten, however many there are.
        _cleanUpAt = Math.Max(Most, 2 * _accounts.Count);
    }
}
