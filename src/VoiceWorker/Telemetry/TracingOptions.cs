using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using OpenTelemetry.Exporter;

namespace VoiceWorker.Host.Telemetry;

/// <summary>Where traces go (section <c>Tracing</c>).</summary>
internal sealed class TracingOptions
{
    public const string Section = "Tracing";

    /// <summary>The address of an OTLP collector, such as <c>http://localhost:4317</c>; with HTTP the whole path, <c>http://localhost:4318/v1/traces</c>. Empty (default): no traces.</summary>
    [Url(ErrorMessage = "Tracing:Endpoint must be an address such as http://localhost:4317.")]
    public string? Endpoint { get; set; }

    /// <summary><c>Grpc</c> (default) or <c>HttpProtobuf</c>.</summary>
    [EnumDataType(typeof(OtlpExportProtocol))]
    public OtlpExportProtocol Protocol { get; set; } = OtlpExportProtocol.Grpc;

    /// <summary>Headers for the collector, as <c>key=value,key=value</c>; secret.</summary>
    public string? Headers { get; set; }

    /// <summary>The share of jobs without a trace of their producer's that are traced, 0 to 1; a producer's own decision is followed.</summary>
    [Range(0.0, 1.0)]
    public double SampleRatio { get; set; } = 1;
}

[OptionsValidator]
internal sealed partial class TracingOptionsValidator : IValidateOptions<TracingOptions>;
