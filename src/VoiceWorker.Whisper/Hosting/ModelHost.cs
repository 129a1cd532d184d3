using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Jobs;
using VoiceWorker.Core.Ports;
using VoiceWorker.Whisper.Tokens;

namespace VoiceWorker.Whisper.Hosting;

/// <summary>
/// Speech recognition with any number of models of one engine. A job gets the model that it names, or its language's, or
/// the default one, and keeps it to its end: a changed file or setting is loaded beside the old one, new jobs take it
/// from then on, and the old one leaves when its last job is done. One that cannot be loaded changes nothing.
/// </summary>
public sealed class ModelHost : ISpeechRecognizer, IAsyncDisposable
{
    private readonly ISpeechModelLoader _loader;
    private readonly ModelTable _table;
    private readonly IOptionsMonitor<SpeechModelOptions> _options;
    private readonly TimeProvider _time;
    private readonly ILogger<ModelHost> _logger;
    private readonly SemaphoreSlim _refreshing = new(1);
    private readonly ITimer? _timer;
    private volatile Dictionary<string, ModelSlot> _slots;
    private volatile bool _closed;

    /// <summary>Creates the host; models are loaded by <see cref="CheckAsync"/> or by the jobs that want them.</summary>
    public ModelHost(ISpeechModelLoader loader, ModelTable table, IOptionsMonitor<SpeechModelOptions> options, TimeProvider time, ILogger<ModelHost> logger)
    {
        (_loader, _table, _options, _time, _logger) = (loader, table, options, time, logger);
        _slots = table.Files.ToDictionary(model => model.Name, model => Slot(model.Name, FileStamp.Of(model.Path)), StringComparer.OrdinalIgnoreCase);
        var every = options.CurrentValue.CheckEvery;
        if (every > TimeSpan.Zero)
            _timer = time.CreateTimer(_ => _ = RefreshAsync(), null, every, every);
    }

    /// <inheritdoc/>
    public string Name => _loader.Name;

    /// <inheritdoc/>
    public ValueTask<Transcript> RecognizeAsync(DecodedAudio audio, string? language, CancellationToken cancellationToken) =>
        RecognizeAsync(audio, language, model: null, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<Transcript> RecognizeAsync(DecodedAudio audio, string? language, string? model, CancellationToken cancellationToken)
    {
        SampleCheck.ThrowIfNotFinite(audio.Samples.Span);
        while (true)
        {
            if (_closed)
                throw new EngineException(FailureKind.Stopping, ErrorCode.EngineUnavailable, "the speech recogniser is closed");
            var slot = Choose(language, model);
            // Replaced between the choice and now: its successor is in the table.
            if (await slot.RentAsync(cancellationToken) is not { } rented)
                continue;
            try
            {
                return await rented.RecognizeAsync(audio, language, cancellationToken);
            }
            finally
            {
                slot.Return();
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask<EngineStatus> CheckAsync(CancellationToken cancellationToken)
    {
        var slots = _slots;
        var (details, remedies) = (new List<string>(), new List<string>());
        foreach (var (name, slot) in slots)
        {
            var only = slots.Count == 1 ? "" : $"{name}: ";
            try
            {
                details.Add(only + await slot.DescribeAsync(cancellationToken));
            }
            catch (Exception exception) when (exception is EngineException or ObjectDisposedException)
            {
                details.Add(only + exception.Message);
                remedies.Add(name == ModelTable.DefaultName ? _loader.DefaultPathSetting : $"{SpeechModelOptions.Section}:Files:{name}");
            }
        }

        return new(remedies.Count == 0, string.Join("; ", details), remedies.Count == 0 ? null : $"Set {string.Join(" and ", remedies)} to a whisper.cpp ggml-*.bin file; voiceworker models pull fetches one.");
    }

    /// <summary>Looks for changed settings and files, and for models that nobody uses. Called by a timer; never throws.</summary>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Nobody looks at what it throws, and the next look may go well.")]
    public async Task RefreshAsync()
    {
        await _refreshing.WaitAsync();
        try
        {
            await UpdateAsync();
            if (_options.CurrentValue.UnloadAfter is var idle && idle > TimeSpan.Zero)
            {
                foreach (var slot in _slots.Values)
                    slot.SleepAfter(idle);
            }
        }
        catch (Exception exception) when (exception is OptionsValidationException or IOException or UnauthorizedAccessException)
        {
            Log.ModelsKept(_logger, exception.Message);
        }
        catch (Exception exception)
        {
            Log.ModelsNotRefreshed(_logger, exception);
        }
        finally
        {
            _refreshing.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_timer is not null)
            await _timer.DisposeAsync();
        await _refreshing.WaitAsync();
        _closed = true;
        await Task.WhenAll(_slots.Values.Select(slot => slot.StopAsync()));
        _refreshing.Release();
    }

    private async Task UpdateAsync()
    {
        if (_closed)
            return;
        var (old, next) = (_slots, new Dictionary<string, ModelSlot>(StringComparer.OrdinalIgnoreCase));
        foreach (var (name, path) in _table.Files)
        {
            var stamp = FileStamp.Of(path);
            if (!old.TryGetValue(name, out var slot))
                next[name] = Slot(name, stamp);
            else
                next[name] = slot.HasSettledAt(stamp) ? await TryLoadAsync(stamp, slot) : slot;
        }

        _slots = next;
        foreach (var slot in old.Values.Except(next.Values))
            slot.Close();
    }

    private async Task<ModelSlot> TryLoadAsync(FileStamp file, ModelSlot old)
    {
        var slot = Slot(old.Name, file);
        try
        {
            await slot.DescribeAsync(CancellationToken.None);
            return slot;
        }
        catch (EngineException exception)
        {
            Log.ModelRefused(_logger, old.Name, exception.Message);
            old.Refuse(file);
            return old;
        }
    }

    private ModelSlot Choose(string? language, string? model)
    {
        var slots = _slots;
        if (model is not null)
        {
            return slots.GetValueOrDefault(model)
                ?? throw EngineException.BadJob(ErrorCode.UnsupportedOption, $"there is no speech model '{model}'; there are {string.Join(", ", slots.Keys)}");
        }

        return language is not null && _table.Languages.TryGetValue(language, out var name) && slots.TryGetValue(name, out var own)
            ? own
            : slots[ModelTable.DefaultName];
    }

    private ModelSlot Slot(string name, FileStamp file) => new(name, file, _loader, _time, _logger);
}
