using VoiceWorker.Core.Pooling;

namespace VoiceWorker.Engines.Processes;

/// <summary>What came of a child process. Holds pooled memory until <see cref="Dispose"/>.</summary>
/// <param name="outcome">How it ended.</param>
/// <param name="exitCode">Its exit code; 128 plus the signal's number when a signal ended it.</param>
/// <param name="output">What it wrote to its standard output.</param>
/// <param name="errors">The first part of what it wrote to its standard error.</param>
internal sealed class ChildProcessResult(ChildProcessOutcome outcome, int exitCode, PooledBuffer output, string errors) : IDisposable
{
    /// <summary>How it ended.</summary>
    public ChildProcessOutcome Outcome => outcome;

    /// <summary>Its exit code; meaningful when <see cref="Outcome"/> is <see cref="ChildProcessOutcome.Exited"/>.</summary>
    public int ExitCode => exitCode;

    /// <summary>Whether it ended by itself and was content.</summary>
    public bool Succeeded => outcome == ChildProcessOutcome.Exited && exitCode == 0;

    /// <summary>Whether a signal ended it that the worker did not send: a crash, or a limit of the system.</summary>
    public bool Crashed => outcome == ChildProcessOutcome.Exited && exitCode > 128;

    /// <summary>What it wrote to its standard output.</summary>
    public ReadOnlyMemory<byte> Output => output.Written;

    /// <summary>One printable line of at most 300 characters from its standard error, for error messages.</summary>
    public string ErrorLine => ErrorText.FirstLine(errors);

    /// <inheritdoc/>
    public void Dispose() => output.Dispose();
}
