using System.ComponentModel.DataAnnotations;
using VoiceWorker.Engines.Http;

namespace VoiceWorker.Engines.Apertium;

/// <summary>The section <c>Translation:Apertium</c>.</summary>
public sealed class ApertiumOptions : HttpEngineOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Translation:Apertium";

    /// <summary>The address of an apertium-apy server, such as <c>http://apertium-apy:2737/</c>; empty (default): the worker runs its own.</summary>
    [HttpAddress]
    public Uri? BaseAddress { get; set; }

    /// <summary>The worker's own server: the Python that can import <c>apertium_apy</c>. Default <c>/usr/bin/python3</c>, Debian's.</summary>
    [Required]
    public string Python { get; set; } = "/usr/bin/python3";

    /// <summary>The worker's own server: the folder with the installed pairs' modes. Default <c>/usr/share/apertium/modes</c>, Debian's.</summary>
    [Required]
    public string ModesDirectory { get; set; } = "/usr/share/apertium/modes";

    /// <summary>
    /// The worker's own server: the pairs that are loaded before the first job, such as <c>en-es</c>; a job with a cold
    /// pair waits for it. Empty (default): all, if they are not more than eight.
    /// </summary>
    public IList<string> WarmUp { get; } = [];

    /// <summary>The worker's own server: how long it may take to start and to load its pairs. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The worker's own server: the pause before the first restart; it doubles with every restart in a row. Default 0.25 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:10:00")]
    public TimeSpan RestartDelay { get; set; } = TimeSpan.FromSeconds(0.25);

    /// <summary>The worker's own server: the longest pause between restarts. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan MaxRestartDelay { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The worker's own server: how often it is asked whether it still answers; after three silences it is restarted. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan ProbeInterval { get; set; } = TimeSpan.FromSeconds(10);
}
