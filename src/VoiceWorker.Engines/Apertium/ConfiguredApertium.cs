using Microsoft.Extensions.Options;

namespace VoiceWorker.Engines.Apertium;

/// <summary>A server that somebody else runs.</summary>
internal sealed class ConfiguredApertium(IOptions<ApertiumOptions> options) : IApertiumServer
{
    private readonly Uri _address = new(options.Value.BaseAddress!.AbsoluteUri.TrimEnd('/') + "/");

    /// <inheritdoc/>
    public string Remedy => $"Start apertium-apy at {_address}, or leave Translation:Apertium:BaseAddress empty: the worker then runs its own.";

    /// <inheritdoc/>
    public ValueTask<Uri> GetAddressAsync(CancellationToken cancellationToken) => new(_address);
}
