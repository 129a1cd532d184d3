using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.Engines.Http;

/// <summary>
/// Tells whose fault a refused request is. A server that refuses every request, because of a setting of ours, would have
/// every job dead-lettered as its producer's fault; so it is asked for a small piece of work that nothing is wrong with.
/// If it refuses that too, the engine is down until it does it.
/// </summary>
/// <param name="engine">The engine in human words, as the subject of a sentence.</param>
/// <param name="settings">The settings that a server may dislike, with their names and values, for the log.</param>
/// <param name="work">The small piece of work, by the same code and with the same settings as a job.</param>
/// <param name="isCertain">
/// False where a server may refuse the work although nothing is wrong, as one that wants to hear speech. Its refusal then
/// proves nothing once jobs were done that it was not.
/// </param>
internal sealed class TrialRequest(string engine, string settings, Func<CancellationToken, Task> work, bool isCertain = true)
{
    private volatile bool _inDoubt;
    private volatile bool _jobsWereDone;
    private volatile bool _wasDone;

    /// <summary>Sends a job's request.</summary>
    /// <exception cref="EngineException">The request failed. <see cref="FailureKind.BadJob"/> only when the server accepts others.</exception>
    public async Task<T> SendAsync<T>(Func<CancellationToken, Task<T>> request, CancellationToken cancellationToken)
    {
        try
        {
            var result = await request(cancellationToken);
            (_inDoubt, _jobsWereDone) = (false, true);
            return result;
        }
        catch (EngineException e) when (e.Kind == FailureKind.BadJob)
        {
            await RunAsync(cancellationToken);
            throw;
        }
        catch
        {
            _inDoubt = true;
            throw;
        }
    }

    /// <summary>After a failure a server counts as well only when it has done its small piece of work; a list of models proves little.</summary>
    /// <param name="status">What the server says of itself.</param>
    /// <param name="remedy">What an operator can do.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public async ValueTask<EngineStatus> CheckAsync(EngineStatus status, string remedy, CancellationToken cancellationToken)
    {
        if (!status.Ready || !_inDoubt)
            return status;
        try
        {
            await RunAsync(cancellationToken);
            return status;
        }
        catch (EngineException e)
        {
            return new EngineStatus(false, e.Message, remedy);
        }
    }

    /// <summary>Whether the server does the small piece of work.</summary>
    public async ValueTask<bool> PassesAsync(CancellationToken cancellationToken)
    {
        try
        {
            await RunAsync(cancellationToken);
            return true;
        }
        catch (EngineException)
        {
            return false;
        }
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await work(cancellationToken);
            (_inDoubt, _wasDone) = (false, true);
        }
        catch (EngineException e) when (e.Kind == FailureKind.BadJob && !isCertain && _jobsWereDone && !_wasDone)
        {
            _inDoubt = false;
        }
        catch (EngineException e) when (e.Kind == FailureKind.BadJob)
        {
            _inDoubt = true;
            throw HttpFaults.Down($"{engine} does not even accept a small request that is known to be good, so a setting needs mending ({settings}). {e.Message}", e);
        }
        catch
        {
            _inDoubt = true;
            throw;
        }
    }
}
