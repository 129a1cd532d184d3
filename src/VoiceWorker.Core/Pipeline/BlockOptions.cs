using System.ComponentModel.DataAnnotations;

namespace VoiceWorker.Core.Pipeline;

/// <summary>How many jobs one stage of the pipeline takes.</summary>
public class BlockOptions
{
    /// <summary>How many jobs the stage works on at a time.</summary>
    [Range(1, 1024)]
    public int Parallelism { get; set; } = 1;

    /// <summary>How many jobs the stage holds at most: those at work, those waiting before it and those waiting to leave it.</summary>
    [Range(1, 65536)]
    public int Capacity { get; set; } = 2;
}
