using Microsoft.Extensions.Logging;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.Whisper.Hosting;

/// <summary>One file under one name: loaded when it is first wanted, unloaded when nobody uses it. A changed file gets a slot of its own.</summary>
internal sealed class ModelSlot(string name, FileStamp file, ISpeechModelLoader loader, TimeProvider time, ILogger logger)
{
    private readonly Lock _lock = new();
    private Task<ISpeechModel>? _model;
    private Task _unloading = Task.CompletedTask;
    private FileStamp? _seen;
    private FileStamp? _refused;
    private int _users;
    private long _lastUse = time.GetTimestamp();
    private bool _isAsleep;
    private bool _isClosed;

    /// <summary>What the model is called.</summary>
    public string Name => name;

    /// <summary>Loads the model unless it is loaded, and keeps it until <see cref="Return"/>.</summary>
    /// <returns>The model; null when the slot has been closed.</returns>
    public async ValueTask<ISpeechModel?> RentAsync(CancellationToken cancellationToken)
    {
        Task<ISpeechModel> model;
        lock (_lock)
        {
            if (_isClosed)
                return null;
            _users++;
            model = Wake();
        }

        try
        {
            return await model.WaitAsync(cancellationToken);
        }
        catch
        {
            Return();
            throw;
        }
    }

    /// <summary>Ends a use.</summary>
    public void Return()
    {
        lock (_lock)
        {
            _users--;
            _lastUse = time.GetTimestamp();
            if (_isClosed && _users == 0)
                Unload();
        }
    }

    /// <summary>Describes the model and loads it for that, unless it was unloaded because nobody used it. Does not count as a use.</summary>
    public async ValueTask<string> DescribeAsync(CancellationToken cancellationToken)
    {
        Task<ISpeechModel> model;
        lock (_lock)
        {
            if (_isAsleep && FileStamp.Of(file.Path).Exists)
                return $"{Path.GetFileName(file.Path)}, unloaded until it is wanted";
            model = Wake();
        }

        return (await model.WaitAsync(cancellationToken)).Description;
    }

    /// <summary>Whether the file has changed for good: to what was there at the last look already, and was not refused then. One that is just gone has not.</summary>
    public bool HasSettledAt(FileStamp now)
    {
        var settled = now != file && now == _seen && now != _refused && (now.Exists || now.Path != file.Path);
        _seen = now;
        return settled;
    }

    /// <summary>Remembers a file that cannot be loaded, so that it is not tried again until it changes.</summary>
    public void Refuse(FileStamp broken) => _refused = broken;

    /// <summary>Unloads the model when nobody has used it for so long.</summary>
    public void SleepAfter(TimeSpan idle)
    {
        lock (_lock)
        {
            if (_users > 0 || _model is not { IsCompletedSuccessfully: true } || time.GetElapsedTime(_lastUse) < idle)
                return;
            Log.ModelAsleep(logger, name, file.Path, idle);
            _isAsleep = true;
            Unload();
        }
    }

    /// <summary>Unloads the model when the last of its users is done; nobody gets it any more.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _isClosed = true;
            if (_users == 0)
                Unload();
        }
    }

    /// <summary>Unloads the model at once, users or not: it ends their work or waits for it.</summary>
    public Task StopAsync()
    {
        lock (_lock)
        {
            _isClosed = true;
            Unload();
            return _unloading;
        }
    }

    // A load that failed is tried again by the next caller: the file may have been put right.
    private Task<ISpeechModel> Wake()
    {
        ObjectDisposedException.ThrowIf(_isClosed, this);
        _isAsleep = false;
        return _model = _model is null or { IsFaulted: true } ? Task.Run(Load) : _model;
    }

    private ISpeechModel Load()
    {
        try
        {
            var model = loader.Load(file.Path);
            Log.ModelLoaded(logger, name, model.Description);
            return model;
        }
        catch (EngineException exception) when (name != ModelTable.DefaultName)
        {
            // The other models still work, so the engine as a whole does.
            throw EngineException.Transient(ErrorCode.EngineUnavailable, $"model '{name}': {exception.Message}", exception);
        }
    }

    private void Unload()
    {
        if (_model is not { } model)
            return;
        _model = null;
        _unloading = Task.WhenAll(_unloading, Task.Run(async () =>
        {
            await ((Task)model).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!model.IsCompletedSuccessfully)
                return;
            await (await model).DisposeAsync();
            Log.ModelUnloaded(logger, name, file.Path);
        }));
    }
}
