using System.ComponentModel.DataAnnotations;
using VoiceWorker.Whisper.Ggml;

namespace VoiceWorker.Whisper.Onnx;

/// <summary>Settings of the <c>onnx</c> speech recognition engine: section <c>Stt:Onnx</c>.</summary>
public sealed class OnnxWhisperOptions
{
    /// <summary>Where the settings are.</summary>
    public const string Section = "Stt:Onnx";

    /// <summary>
    /// The model: a whisper.cpp <c>ggml-*.bin</c> file, relative to the working directory or to the program's folder.
    /// Without one, <c>Stt:ModelPath</c> counts, and without that the demo model.
    /// </summary>
    [Required]
    public string ModelPath { get; set; } = ModelFile.Demo;

    /// <summary>Threads that work on one run of the network; 0 for as many as there are cores.</summary>
    [Range(0, 256)]
    public int Threads { get; set; }

    /// <summary>How exactly the network is computed.</summary>
    [EnumDataType(typeof(WhisperPrecision))]
    public WhisperPrecision Precision { get; set; }

    /// <summary>Windows that are written at the same time. Each takes memory: about 10 MB with a tiny model, 20 MB with base.</summary>
    [Range(1, 256)]
    public int MaxBatch { get; set; } = 16;

    /// <summary>
    /// Encodes no more than the recording's length instead of always 30 s: a 5 s clip takes a fifth of the time. Only for
    /// models trained for it, as the demo model is; others become less accurate.
    /// </summary>
    public bool TrimEncoder { get; set; }

    /// <summary>Silence added to a trimmed window, in seconds.</summary>
    [Range(0, 30)]
    public double TrimMargin { get; set; } = 1;

    /// <summary>Languages that detection chooses from and that jobs may name, as ISO 639-1 codes; empty for all of the model's.</summary>
    public IList<string> Languages { get; init; } = [];

    /// <summary>Words that are likely to be said: names, terms. The decoder reads them as if they had been said before; null for none.</summary>
    public string? InitialPrompt { get; set; }

    /// <summary>
    /// Whether each window of 30 s is written with the text of the one before in view. It joins sentences better, but an
    /// error is carried on, and small models stop talking.
    /// </summary>
    public bool ConditionOnPreviousText { get; set; }

    /// <summary>
    /// 1 writes the likeliest token each time; more keeps that many texts and takes the likeliest in the end. A step then
    /// has as many rows, and takes longer accordingly.
    /// </summary>
    [Range(1, 8)]
    public int BeamSize { get; set; } = 1;

    /// <summary>Whether the segments of a reply say when each word is spoken. Every window's text is read once more for it.</summary>
    public bool WordTimestamps { get; set; }

    /// <summary>A window whose probability of holding no speech is above this, and whose text is improbable, is silence.</summary>
    [Range(0, 1)]
    public double NoSpeechThreshold { get; set; } = 0.6;

    /// <summary>A text whose mean log-probability is below this is improbable: it is decoded again at a higher temperature.</summary>
    [Range(-100, 0)]
    public double LogProbabilityThreshold { get; set; } = -1;

    /// <summary>A text that compresses better than this repeats itself: it is decoded again at a higher temperature.</summary>
    [Range(1, 100)]
    public double CompressionRatioThreshold { get; set; } = 2.4;

    /// <summary>How often a window is written again at most, each time with <see cref="TemperatureStep"/> more chance; 0 for never.</summary>
    [Range(0, 5)]
    public int MaxFallbacks { get; set; } = 2;

    /// <summary>How much chance each further attempt adds.</summary>
    [Range(0.05, 1)]
    public double TemperatureStep { get; set; } = 0.4;

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
