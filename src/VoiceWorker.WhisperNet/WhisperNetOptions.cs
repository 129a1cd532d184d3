using System.ComponentModel.DataAnnotations;
using VoiceWorker.Whisper.Ggml;

namespace VoiceWorker.WhisperNet;

/// <summary>Settings of the Whisper.net engine; section <c>Stt:WhisperNet</c>.</summary>
public sealed class WhisperNetOptions
{
    /// <summary>Where the settings live in the configuration.</summary>
    public const string Section = "Stt:WhisperNet";

    /// <summary>
    /// The model: a whisper.cpp <c>ggml-*.bin</c> file, relative to the working directory or to the program's folder.
    /// Without one, <c>Stt:ModelPath</c> counts, and without that the demo model.
    /// </summary>
    [Required]
    public string ModelPath { get; set; } = ModelFile.Demo;

    /// <summary>How many transcriptions may run at once, each with memory of its own (tiny about 130 MB, base 180 MB); 0: one for each core.</summary>
    [Range(0, 1024)]
    public int Processors { get; set; }

    /// <summary>Threads of one transcription. One is best for throughput: several in parallel runs wait for each other.</summary>
    [Range(1, 256)]
    public int Threads { get; set; } = 1;

    /// <summary>
    /// Flash attention: less time and memory, but not always the text that the model means. whisper.cpp 1.8.5 rounds the
    /// number of encoder positions up to a multiple of 256 and does not mask the rest, so that 36 zeros among 1536
    /// positions draw attention. Without it, or with <see cref="AudioContext"/> a multiple of 256, the text is the <c>onnx</c> engine's.
    /// </summary>
    public bool FlashAttention { get; set; } = true;

    /// <summary>Whether a GPU is used where the build has a GPU runtime (see the <c>WhisperNetGpu</c> build property) and the machine a GPU.</summary>
    public bool UseGpu { get; set; } = true;

    /// <summary>Which GPU, counted from 0.</summary>
    [Range(0, 1024)]
    public int GpuDevice { get; set; }

    /// <summary>ISO 639-1 codes that may be spoken; empty for all that the model knows. Detection chooses among them.</summary>
    public IList<string> Languages { get; init; } = [];

    /// <summary>Words that are likely to be said: names, terms. The decoder reads them as if they had been said before; null for none.</summary>
    public string? InitialPrompt { get; set; }

    /// <summary>
    /// Whether each window of 30 s is decoded with the text of the one before in view. It joins sentences better, but an
    /// error is carried on, and small models stop talking. Always so with an <see cref="InitialPrompt"/>, which takes the same way.
    /// </summary>
    public bool ConditionOnPreviousText { get; set; }

    /// <summary>1 decodes greedily; more keeps that many hypotheses.</summary>
    [Range(1, 8)]
    public int BeamSize { get; set; } = 1;

    /// <summary>Encoder positions of 20 ms each; 0 for the model's own number. Only for models trained for it.</summary>
    [Range(0, 1500)]
    public int AudioContext { get; set; }

    /// <summary>How often a window that decoded badly is decoded again, each time at a higher temperature.</summary>
    [Range(0, 10)]
    public int MaxFallbacks { get; set; } = 2;

    /// <summary>By how much each fallback raises the temperature, at least; it is more where <see cref="MaxFallbacks"/> is small (see <see cref="TemperatureLadder"/>).</summary>
    [Range(0.05, 1.0)]
    public float TemperatureStep { get; set; } = 0.4f;

    /// <summary>How many samples a fallback draws, to keep the best.</summary>
    [Range(1, 8)]
    public int BestOf { get; set; } = 1;

    /// <summary>A window whose tokens' mean log-probability is lower decoded badly.</summary>
    [Range(-10.0, 0.0)]
    public float LogProbabilityThreshold { get; set; } = -1f;

    /// <summary>A window whose last 32 tokens' entropy is lower repeats itself: it decoded badly.</summary>
    [Range(0.0, 10.0)]
    public float EntropyThreshold { get; set; } = 2.4f;

    /// <summary>Above this probability of no speech, a badly decoded window counts as silent.</summary>
    [Range(0.0, 1.0)]
    public float NoSpeechThreshold { get; set; } = 0.6f;

    /// <summary>With <c>Stt:Vad=level</c>: a recording, or half a minute of one, that stays below this level is silent, in decibels relative to full scale.</summary>
    [Range(-200.0, 0.0)]
    public double SilenceDecibels { get; set; } = -60;

    /// <summary>With <c>Stt:Vad=level</c>: speech rises at least this far above a recording's quiet parts, in dB; steady noise does not. 0 to let noise pass.</summary>
    [Range(0, 60)]
    public double SpeechRiseDecibels { get; set; } = 5;

    /// <summary>
    /// Speech that rises less far above the noise is hard to hear, in dB: about 20 dB in a quiet room, 8 dB where noise is as
    /// loud as the speech. There, a segment of which the model is not sure is left out, because it has words that nobody
    /// said. 0 to keep all.
    /// </summary>
    [Range(0, 60)]
    public double NoisyBelowDecibels { get; set; } = 11;
}
