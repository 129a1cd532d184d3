namespace VoiceWorker.ChaosTests.Harness;

/// <summary>What an engine is asked for.</summary>
/// <param name="Stage">The stage that asks: <c>transcribe</c>, <c>translate</c> or <c>synthesize</c>.</param>
/// <param name="Text">The text to translate or to speak; empty for speech.</param>
internal sealed record EngineCall(string Stage, string Text);
