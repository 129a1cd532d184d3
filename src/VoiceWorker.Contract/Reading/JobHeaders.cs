using System.Globalization;
using System.Text;

namespace VoiceWorker.Contract.Reading;

/// <summary>Headers as brokers deliver them: a text is a string or its UTF-8 bytes, a number is of any width, whole or not.</summary>
public static class JobHeaders
{
    /// <summary>The header for an absolute deadline; the worker itself writes milliseconds since the Unix epoch.</summary>
    public const string Deadline = "deadline";

    /// <summary>The header for the W3C trace context.</summary>
    public const string TraceParent = "traceparent";

    /// <summary>The header for the W3C trace state.</summary>
    public const string TraceState = "tracestate";

    /// <summary>
    /// The headers that belong to a job and travel with a copy of it. Anything else, above all <c>CC</c> and
    /// <c>BCC</c>, which add routing keys, stays behind.
    /// </summary>
    public static readonly IReadOnlyList<string> Known = [.. JobFieldNames.All, TraceParent, TraceState];

    /// <summary>A header's text; null when it is absent or something else.</summary>
    public static string? Text(IDictionary<string, object?>? headers, string name) => Value(headers, name) switch
    {
        string text => text,
        byte[] utf8 => Encoding.UTF8.GetString(utf8),
        bool or byte or sbyte or short or ushort or int or uint or long or ulong or float or double or decimal => Convert.ToString(Value(headers, name), CultureInfo.InvariantCulture),
        DateTimeOffset moment => moment.ToString("O", CultureInfo.InvariantCulture),
        _ => null,
    };

    /// <summary>A header's whole number, or the digits of a text; null when it is absent or something else.</summary>
    public static long? Number(IDictionary<string, object?>? headers, string name) =>
        long.TryParse(Text(headers, name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Whether the header is there at all.</summary>
    public static bool Has(IDictionary<string, object?>? headers, string name) => Value(headers, name) is not null;

    private static object? Value(IDictionary<string, object?>? headers, string name) =>
        headers is not null && headers.TryGetValue(name, out var value) ? value : null;
}
