using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace VoiceWorker.Host.Hosting;

/// <summary>Where metrics and health are served (section <c>Http</c>).</summary>
internal sealed class HttpOptions
{
    public const string Section = "Http";

    /// <summary>The address to listen on. Loopback by default; in a container, <c>http://0.0.0.0:9480</c>.</summary>
    [Required, RegularExpression("^https?://[^/]+:[0-9]+/?$", ErrorMessage = "Http:Url must be an address with a port and without a path, such as http://127.0.0.1:9480.")]
    public string Url { get; set; } = "http://127.0.0.1:9480";

    /// <summary>The worker counts as wedged when jobs are in flight and none has moved on for this long; longer than any stage's time-out.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00")]
    public TimeSpan StuckAfter { get; set; } = TimeSpan.FromMinutes(15);
}

[OptionsValidator]
internal sealed partial class HttpOptionsValidator : IValidateOptions<HttpOptions>;
