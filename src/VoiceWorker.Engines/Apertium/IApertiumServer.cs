namespace VoiceWorker.Engines.Apertium;

/// <summary>Where apertium-apy is.</summary>
internal interface IApertiumServer
{
    /// <summary>What an operator can do when the server does not answer.</summary>
    string Remedy { get; }

    /// <summary>The server's address, with a slash at the end; waits while it is starting.</summary>
    /// <exception cref="Core.Ports.EngineException">There is no server, and why.</exception>
    ValueTask<Uri> GetAddressAsync(CancellationToken cancellationToken);
}
