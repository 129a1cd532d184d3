namespace VoiceWorker.Engines.OpenAi;

/// <summary>A model that the server has.</summary>
internal sealed record ModelEntry(string Id);
