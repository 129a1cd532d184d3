namespace VoiceWorker.Engines.OpenAi.Synthesis;

/// <summary>16-bit mono PCM, little endian.</summary>
/// <param name="Samples">The samples' bytes.</param>
/// <param name="SampleRate">Samples a second, in Hz.</param>
internal readonly record struct PcmAudio(ReadOnlyMemory<byte> Samples, int SampleRate);
