using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using VoiceWorker.Core.Pooling;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.Audio.Processes;

/// <summary>
/// Runs one program for one job: bytes in, bounded bytes out, bounded time, a clean environment, no network
/// where the system allows that. Whatever happens, the process tree has ended, or has been told to, when the task ends.
/// </summary>
/// <param name="time">The clock of the time limit.</param>
/// <param name="heartbeat">Beats with every piece that a program writes; null for nobody.</param>
public sealed class ChildProcessRunner(TimeProvider time, IHeartbeat? heartbeat = null)
{
    private const int MaxErrorBytes = 4 * 1024;
    private const int ReadSize = 64 * 1024;
    private static readonly TimeSpan EndGrace = TimeSpan.FromSeconds(2);

    /// <summary>Runs a program to its end.</summary>
    /// <returns>The outcome, to be disposed by the caller. A program that fails is a result, not an exception.</returns>
    /// <exception cref="OperationCanceledException">The caller gave up; the process tree was killed.</exception>
    public async Task<ChildProcessResult> RunAsync(ChildProcessRequest request, CancellationToken cancellationToken)
    {
        using var process = new Process { StartInfo = Describe(request) };
        try
        {
            process.Start();
        }
        catch (Win32Exception e)
        {
            return new ChildProcessResult(ChildProcessOutcome.NotStarted, -1, new PooledBuffer(0), e.Message, hasReadInput: false);
        }

        // It has read nothing of the job yet, so the limits are there before anything hostile is.
        ResourceLimits.Apply(process.Id, request);

        using var timeout = new CancellationTokenSource(request.Timeout, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        using var input = new ChildInput(process.StandardInput.BaseStream);
        var writing = input.WriteAsync(request.Input, limit.Token);
        var errors = ReadErrorsAsync(process.StandardError.BaseStream, limit.Token);
        var output = new PooledBuffer(request.Output is null ? request.ExpectedOutputBytes : 0);
        try
        {
            var outcome = await ReadOutputAsync(process.StandardOutput.BaseStream, request.Output ?? new BoundedOutput(output, request.MaxOutputBytes), limit.Token);
            if (outcome == ChildProcessOutcome.Exited)
                await process.WaitForExitAsync(limit.Token);
            else
                await KillAsync(process);

            return new ChildProcessResult(outcome, process.HasExited ? process.ExitCode : -1, output, await errors, input.WasRead);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            await KillAsync(process);
            return new ChildProcessResult(ChildProcessOutcome.TimedOut, -1, output, await errors, input.WasRead);
        }
        catch
        {
            output.Dispose();
            await KillAsync(process);
            throw;
        }
        finally
        {
            // Ends the input and error pumps too where a grandchild still holds the other end of a pipe.
            await limit.CancelAsync();
            input.Dispose();
            await Task.WhenAll(writing, errors);
        }
    }

    private static ProcessStartInfo Describe(ChildProcessRequest request)
    {
        var (program, arguments) = NetworkIsolation.Wrap(request.FileName, request.Arguments);
        var info = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // A child needs none of the worker's environment, secrets least of all.
        info.Environment.Clear();
        info.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH");
        info.Environment["LANG"] = "C.UTF-8";
        return info;
    }

    private async Task<ChildProcessOutcome> ReadOutputAsync(Stream stream, IChildOutput output, CancellationToken cancellationToken)
    {
        while (!output.IsFull)
        {
            var read = await stream.ReadAsync(output.Reserve(ReadSize), cancellationToken);
            if (read == 0)
                return ChildProcessOutcome.Exited;
            output.Advance(read);
            heartbeat?.Beat();
        }

        return ChildProcessOutcome.OutputTooLarge;
    }

    private static async Task<string> ReadErrorsAsync(Stream stream, CancellationToken cancellationToken)
    {
        var buffer = new byte[MaxErrorBytes];
        var kept = 0;
        try
        {
            var overflow = new byte[1024];
            while (true)
            {
                var read = await stream.ReadAsync(kept < buffer.Length ? buffer.AsMemory(kept) : overflow, cancellationToken);
                if (read == 0)
                    break;
                kept = Math.Min(kept + read, buffer.Length);
            }
        }
        catch (OperationCanceledException)
        {
            // What has come so far is all there is.
        }

        return Encoding.UTF8.GetString(buffer, 0, kept);
    }

    private static async Task KillAsync(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
            using var grace = new CancellationTokenSource(EndGrace);
            await process.WaitForExitAsync(grace.Token);
        }
        catch (Exception e) when (e is Win32Exception or AggregateException or InvalidOperationException or OperationCanceledException)
        {
            // It has ended already, or hangs in the kernel; neither may hold up the job.
        }
    }
}
