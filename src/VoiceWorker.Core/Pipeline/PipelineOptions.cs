using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Admission;
using VoiceWorker.Core.Resilience;

namespace VoiceWorker.Core.Pipeline;

/// <summary>The pipeline: parallelism, bound and time-out of each stage (section <c>Pipeline</c>).</summary>
public sealed class PipelineOptions
{
    private static readonly int Cores = Environment.ProcessorCount;

    /// <summary>Any audio format to PCM. Default: one job a core.</summary>
    [Required, ValidateObjectMembers]
    public StageOptions Decode { get; set; } = new() { Parallelism = Cores, Capacity = 2 * Cores + 2 };

    /// <summary>Speech to text. Default: eight jobs, which the engine batches.</summary>
    [Required, ValidateObjectMembers]
    public StageOptions Transcribe { get; set; } = new() { Parallelism = 8, Capacity = 16, Timeout = TimeSpan.FromMinutes(10), Retries = 1 };

    /// <summary>Text to text. Default: eight jobs, which mostly wait for the translation server.</summary>
    [Required, ValidateObjectMembers]
    public StageOptions Translate { get; set; } = new() { Parallelism = 8, Capacity = 16 };

    /// <summary>Text to speech. Default: two jobs a core.</summary>
    [Required, ValidateObjectMembers]
    public StageOptions Synthesize { get; set; } = new() { Parallelism = 2 * Cores, Capacity = 4 * Cores };

    /// <summary>Speech to the reply's format. Default: one job a core.</summary>
    [Required, ValidateObjectMembers]
    public StageOptions Encode { get; set; } = new() { Parallelism = Cores, Capacity = 2 * Cores };

    /// <summary>The reply to the broker, confirmed. Default: 64 replies waiting for their confirms; how long that may take is the transport's to say.</summary>
    [Required, ValidateObjectMembers]
    public BlockOptions Publish { get; set; } = new() { Parallelism = 64, Capacity = 128 };

    /// <summary>Acknowledge, retry later, dead-letter or return. Default: 16 at a time.</summary>
    [Required, ValidateObjectMembers]
    public BlockOptions Settle { get; set; } = new() { Parallelism = 16, Capacity = 128 };

    /// <summary>When an engine counts as down.</summary>
    [Required, ValidateObjectMembers]
    public CircuitOptions Circuit { get; set; } = new();

    /// <summary>When a job is refused because its deadline can't be met.</summary>
    [Required, ValidateObjectMembers]
    public EarlyRefusalOptions EarlyRefusal { get; set; } = new();

    /// <summary>Which job goes next.</summary>
    [Required, ValidateObjectMembers]
    public AdmissionOptions Admission { get; set; } = new();

    /// <summary>How long the id of a cancelled job is kept, for a job that is still in the queue or waits for another attempt.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00")]
    public TimeSpan CancelMemory { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long a stop may take: three quarters of it to finish what is in flight, the rest to return what is not done.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(30);

    internal StageOptions Of(Stage stage) => (StageOptions)Stages.First(s => s.Name == stage.ToString()).Options;

    internal IEnumerable<(string Name, BlockOptions Options)> Stages =>
    [
        (nameof(Decode), Decode), (nameof(Transcribe), Transcribe), (nameof(Translate), Translate),
        (nameof(Synthesize), Synthesize), (nameof(Encode), Encode), (nameof(Publish), Publish), (nameof(Settle), Settle),
    ];
}
