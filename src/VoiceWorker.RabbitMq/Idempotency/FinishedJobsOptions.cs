using System.ComponentModel.DataAnnotations;

namespace VoiceWorker.RabbitMq.Idempotency;

/// <summary>The memory of jobs that are done, from which a message that comes again is answered (section <c>FinishedJobs</c>).</summary>
internal sealed class FinishedJobsOptions
{
    /// <summary>How long a job is remembered.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00")]
    public TimeSpan Retention { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Bytes of replies kept in the worker at most, the newest ones; 0 for no memory at all.</summary>
    [Range(0, 2_000_000_000)]
    public int MaxBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>How long a message that comes again waits for the same one that is still being worked on; after that it is worked on, too.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan WaitForFirst { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>A Redis server that all workers share the memory in, in StackExchange.Redis' notation (<c>host:6379,ssl=true</c>); null to keep it in each worker alone.</summary>
    public string? Redis { get; set; }

    /// <summary>A file with the password of that server.</summary>
    public string? RedisPasswordFile { get; set; }

    /// <summary>How long Redis may take; after that the job is done as if it were new.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:10")]
    public TimeSpan RedisTimeout { get; set; } = TimeSpan.FromMilliseconds(250);
}
