namespace VoiceWorker.Engines.Apertium;

/// <summary>The envelope of every answer of apertium-apy.</summary>
/// <param name="ResponseData">What was asked for.</param>
internal sealed record ApertiumReply<T>(T ResponseData);
