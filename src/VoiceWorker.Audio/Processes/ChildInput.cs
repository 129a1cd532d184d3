using System.IO.Pipes;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace VoiceWorker.Audio.Processes;

/// <summary>
/// A child's standard input, and whether the child has read of it: a program that fails before it has seen a job's data
/// does not fail because of them. For that the other end of the pipe is kept open here, too; what is left in it when the
/// child has ended was not read.
/// </summary>
public sealed partial class ChildInput : IDisposable
{
    // Linux, include/uapi/asm-generic/ioctls.h
    private const nuint BytesToRead = 0x541B;

    // Linux, pipe(7): so much goes into a pipe whole or not at all.
    private const int PipeBuffer = 4 * 1024;

    private readonly Stream _stream;
    private readonly SafeFileHandle? _otherEnd;
    private long _written;
    private volatile bool _wasRead;

    /// <param name="stream">The writing end.</param>
    public ChildInput(Stream stream) => (_stream, _otherEnd) = (stream, OpenOtherEnd(stream));

    /// <summary>Whether the child has read anything; null when this system does not tell.</summary>
    public bool? WasRead
    {
        get
        {
            if (_otherEnd is null || Control(_otherEnd, BytesToRead, out var left) != 0)
                return null;
            return _wasRead |= left < Interlocked.Read(ref _written);
        }
    }

    /// <summary>Writes everything and closes the pipe. A child may end before it has read it all.</summary>
    public async Task WriteAsync(IReadOnlyList<ReadOnlyMemory<byte>> input, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var part in input)
                await WriteAsync(part, cancellationToken);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The child's exit code tells whether it was right to end.
        }

        await _stream.DisposeAsync();
    }

    /// <summary>Lets go of the child's end: writing fails from now on, if the child has gone.</summary>
    public void Dispose() => _otherEnd?.Dispose();

    // In small pieces, until the child reads: how much of a large one is in the pipe nobody says.
    private async Task WriteAsync(ReadOnlyMemory<byte> part, CancellationToken cancellationToken)
    {
        while (!part.IsEmpty)
        {
            var piece = part[..Math.Min(part.Length, WasRead == false ? PipeBuffer : part.Length)];
            await _stream.WriteAsync(piece, cancellationToken);
            Interlocked.Add(ref _written, piece.Length);
            part = part[piece.Length..];
        }
    }

    private static SafeFileHandle? OpenOtherEnd(Stream stream)
    {
        if (!OperatingSystem.IsLinux() || stream is not PipeStream pipe)
            return null;

        try
        {
            return File.OpenHandle($"/proc/self/fd/{pipe.SafePipeHandle.DangerousGetHandle()}", share: FileShare.ReadWrite);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    [LibraryImport("libc", EntryPoint = "ioctl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Control(SafeFileHandle file, nuint request, out int result);
}
