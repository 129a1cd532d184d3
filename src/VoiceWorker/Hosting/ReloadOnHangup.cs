using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace VoiceWorker.Host.Hosting;

/// <summary>SIGHUP, which ends a process otherwise, makes the worker read its configuration again, as daemons do. The speech models follow it; everything else needs a restart.</summary>
internal sealed class ReloadOnHangup(IConfiguration configuration, ILogger<ReloadOnHangup> logger) : IHostedService, IDisposable
{
    private PosixSignalRegistration? _signal;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _signal = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
        {
            context.Cancel = true;
            Reload();
        });
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _signal?.Dispose();

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "On a signal's thread an exception would end the process.")]
    private void Reload()
    {
        try
        {
            ((IConfigurationRoot)configuration).Reload();
            Log.ConfigurationRead(logger);
        }
        catch (Exception exception)
        {
            Log.ConfigurationRefused(logger, exception.Message);
        }
    }
}
