using VoiceWorker.Core.Pooling;

namespace VoiceWorker.Audio.Processes;

/// <summary>What came of a child process. Holds pooled memory until <see cref="Dispose"/>.</summary>
/// <param name="outcome">How it ended.</param>
/// <param name="exitCode">Its exit code; 128 plus the signal's number when a signal ended it.</param>
/// <param name="output">What it wrote to its standard output.</param>
/// <param name="errors">The first part of what it wrote to its standard error.</param>
/// <param name="hasReadInput">Whether it has read of its input; null when that is not known.</param>
public sealed class ChildProcessResult(ChildProcessOutcome outcome, int exitCode, PooledBuffer output, string errors, bool? hasReadInput) : IDisposable
{
    // What a shell, env(1) and unshare(1) answer for a program that they cannot run, and the loader for a missing library.
    private const int CannotRun = 126;
    private const int NotFound = 127;

    // Linux, signal(7): SIGXCPU.
    private const int CpuTimeSignal = 128 + 24;

    /// <summary>How it ended.</summary>
    public ChildProcessOutcome Outcome => outcome;

    /// <summary>Its exit code; meaningful when <see cref="Outcome"/> is <see cref="ChildProcessOutcome.Exited"/>.</summary>
    public int ExitCode => exitCode;

    /// <summary>Whether it ended by itself and was content.</summary>
    public bool Succeeded => outcome == ChildProcessOutcome.Exited && exitCode == 0;

    /// <summary>Whether a signal ended it that the worker did not send: a crash, or a limit of the system.</summary>
    public bool Crashed => outcome == ChildProcessOutcome.Exited && exitCode > 128;

    /// <summary>Whether it was ended because its processor time was up.</summary>
    public bool IsOutOfCpuTime => outcome == ChildProcessOutcome.Exited && exitCode == CpuTimeSignal;

    /// <summary>Whether it has seen of its input; one that has not, failed because of something else.</summary>
    public bool HasReadInput => hasReadInput ?? (outcome != ChildProcessOutcome.NotStarted && exitCode is not (CannotRun or NotFound));

    /// <summary>What ended it, in words for a message.</summary>
    public string Ending => outcome switch
    {
        ChildProcessOutcome.NotStarted => "cannot be started",
        ChildProcessOutcome.TimedOut => "did not finish in time",
        ChildProcessOutcome.OutputTooLarge => "wrote without end",
        _ when Crashed => $"was ended by signal {exitCode - 128}",
        _ => $"ended with exit code {exitCode}",
    };

    /// <summary>Whether its standard error has these words.</summary>
    public bool Says(string words) => errors.Contains(words, StringComparison.Ordinal);

    /// <summary>What it wrote to its standard output.</summary>
    public ReadOnlyMemory<byte> Output => output.Written;

    /// <summary>One printable line of at most 300 characters from its standard error, for error messages.</summary>
    public string ErrorLine => ErrorText.FirstLine(errors);

    /// <inheritdoc/>
    public void Dispose() => output.Dispose();
}
