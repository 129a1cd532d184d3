namespace VoiceWorker.Audio.Sniffing;

/// <summary>What a file is.</summary>
/// <param name="Container">Its format.</param>
/// <param name="Start">Where it begins: behind padding, tags or what else does not belong to it.</param>
internal readonly record struct SniffedAudio(AudioContainer Container, int Start);
