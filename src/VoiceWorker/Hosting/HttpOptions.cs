using System.ComponentModel.DataAnnotations;
using System.Net;
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

    /// <summary>Whether <c>/debug/config</c> is served, the settings in effect without their secrets. Null: only on a loopback address.</summary>
    public bool? ServeConfiguration { get; set; }

    /// <summary>Connections at a time at most; further ones are closed at once.</summary>
    [Range(1, 10_000)]
    public int MaxConnections { get; set; } = 100;

    /// <summary>How long a connection may be open without a request.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a request may take to arrive.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(5);

    internal bool ServesConfiguration => ServeConfiguration ?? IsLoopback;

    // As the server reads it: +, * and names stand for every address of the machine.
    private bool IsLoopback => BindingAddress.Parse(Url).Host is var host
        && (host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address)));
}

[OptionsValidator]
internal sealed partial class HttpOptionsValidator : IValidateOptions<HttpOptions>;
