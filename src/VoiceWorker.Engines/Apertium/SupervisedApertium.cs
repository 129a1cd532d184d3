using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using VoiceWorker.Core.Ports;
using VoiceWorker.Engines.Http;
using VoiceWorker.Engines.Translation;

namespace VoiceWorker.Engines.Apertium;

/// <summary>
/// A server of the worker's own: started with the host or by the first who asks for it, started again when it dies or
/// falls silent, stopped when the container is disposed.
/// </summary>
internal sealed class SupervisedApertium : IApertiumServer, IHostedService, IAsyncDisposable
{
    private const int MaxSilences = 3;
    private static readonly TimeSpan LongEnough = TimeSpan.FromMinutes(1);

    private readonly ApertiumOptions _options;
    private readonly ApertiumClient _client;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lazy<Task> _supervision;
    private volatile TaskCompletionSource<Uri> _address = NotYet();
    private int _disposed;

    /// <summary>Creates the supervisor; nothing runs yet.</summary>
    public SupervisedApertium(IOptions<ApertiumOptions> options, ApertiumClient client, TimeProvider time, ILogger<SupervisedApertium> logger)
    {
        (_options, _client, _time, _logger) = (options.Value, client, time, logger);
        _supervision = new Lazy<Task>(() => Task.Run(SuperviseAsync));
    }

    /// <inheritdoc/>
    public string Remedy => "Install it: apt-get install apertium-apy apertium-eng-spa; or set Translation:Apertium:BaseAddress.";

    /// <inheritdoc/>
    public ValueTask<Uri> GetAddressAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        _ = _supervision.Value;
        return new ValueTask<Uri>(_address.Task.WaitAsync(cancellationToken));
    }

    /// <summary>Starts the server without waiting for it.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _ = _supervision.Value;
        return Task.CompletedTask;
    }

    /// <summary>Does nothing: the pipeline may still be draining and need translations. The container's disposal ends the server.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Ends the server and its children.</summary>
    public async ValueTask DisposeAsync()
    {
        // A container disposes a singleton once for every service under which it is registered.
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        await _stopping.CancelAsync();
        if (_supervision.IsValueCreated)
            await _supervision.Value;
        _stopping.Dispose();
    }

    private async Task SuperviseAsync()
    {
        var delay = _options.RestartDelay;
        try
        {
            while (true)
            {
                var started = _time.GetTimestamp();
                var reason = await TryRunAsync();
                delay = _time.GetElapsedTime(started) >= LongEnough ? _options.RestartDelay : delay;
                Log.ApertiumEnded(_logger, reason, delay);
                await Task.Delay(delay, _time, _stopping.Token);
                delay = delay * 2 < _options.MaxRestartDelay ? delay * 2 : _options.MaxRestartDelay;
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            _address.TrySetException(HttpFaults.Down("The worker is stopping."));
        }
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "The supervision must outlive whatever one life of the server ends with.")]
    private async Task<string> TryRunAsync()
    {
        try
        {
            return await RunAsync();
        }
        catch (Exception e) when (!_stopping.IsCancellationRequested)
        {
            _address.TrySetException(HttpFaults.Down($"The worker's own Apertium server could not be run: {e.Message}"));
            _ = _address.Task.Exception;
            return $"{e.GetType().Name}: {e.Message}";
        }
    }

    /// <summary>One life of the server.</summary>
    /// <returns>Why it ended.</returns>
    private async Task<string> RunAsync()
    {
        // Who waits keeps waiting, who was turned away while the last start had failed may wait again.
        if (_address.Task.IsCompleted)
            _address = NotYet();
        await using var process = new ApertiumProcess(_options, _logger);
        try
        {
            var address = await StartedAsync(process);
            _address.TrySetResult(address);
            var reason = await SilencedAsync(process, address);
            _address = NotYet();
            return reason;
        }
        catch (EngineException e)
        {
            _address.TrySetException(e);
            _ = _address.Task.Exception;
            return e.Message;
        }
    }

    private async Task<Uri> StartedAsync(ApertiumProcess process)
    {
        using var patience = new CancellationTokenSource(_options.StartTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, _stopping.Token);
        try
        {
            var address = await process.WaitForAddressAsync(either.Token);
            var pairs = await WarmUpAsync(address, either.Token);
            Log.ApertiumReady(_logger, address, pairs.ToString(), process.Id);
            return address;
        }
        catch (OperationCanceledException) when (!_stopping.IsCancellationRequested)
        {
            throw HttpFaults.Down($"The worker's own Apertium server was not ready within {_options.StartTimeout}.");
        }
    }

    private async Task<LanguagePairs> WarmUpAsync(Uri address, CancellationToken cancellationToken)
    {
        var pairs = await _client.ListPairsAsync(address, cancellationToken);
        foreach (var pair in ApertiumWarmUp.Choose(_options.WarmUp, pairs, _logger))
        {
            try
            {
                await _client.TranslateAsync(address, "a", pair, cancellationToken);
            }
            catch (EngineException e)
            {
                // The first job with this pair will say so, and others need not suffer for it.
                Log.ApertiumWarmUpFailed(_logger, pair.ToString(), e.Message);
            }
        }

        return pairs;
    }

    private async Task<string> SilencedAsync(ApertiumProcess process, Uri address)
    {
        for (var silences = 0; silences < MaxSilences;)
        {
            var pause = Task.Delay(_options.ProbeInterval, _time, _stopping.Token);
            if (await Task.WhenAny(process.Ended, pause) == process.Ended)
                return await process.Ended;
            await pause;
            silences = await AnswersAsync(address) ? 0 : silences + 1;
        }

        return "it did not answer any more and was killed";
    }

    private async Task<bool> AnswersAsync(Uri address)
    {
        using var patience = new CancellationTokenSource(_options.ProbeInterval, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, _stopping.Token);
        try
        {
            await _client.ListPairsAsync(address, either.Token);
            return true;
        }
        catch (Exception e) when (e is EngineException or OperationCanceledException)
        {
            _stopping.Token.ThrowIfCancellationRequested();
            return false;
        }
    }

    private static TaskCompletionSource<Uri> NotYet() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
