namespace VoiceWorker.Whisper.Onnx.Features;

/// <summary>Normalised log-mel features of one recording.</summary>
/// <param name="values">Shape [bands, frames].</param>
/// <param name="bands">Mel bands.</param>
/// <param name="frames">Frames that hold any of the recording, 10 ms each.</param>
/// <param name="silence">The value of every band in the silence after the recording.</param>
/// <param name="length">The recording's length in frames, as whisper.cpp counts it.</param>
internal sealed class LogMelSpectrogram(float[] values, int bands, int frames, float silence, int length)
{
    /// <summary>Frames a second.</summary>
    public const int FramesPerSecond = 100;

    /// <summary>Frames that become one position of the encoder: as many as from a timestamp to the next.</summary>
    public const int FramesPerPosition = 2;

    /// <summary>Mel bands.</summary>
    public int Bands => bands;

    /// <summary>The recording's length in frames.</summary>
    public int Length => length;

    /// <summary>Copies a window, with silence behind the recording's end.</summary>
    /// <param name="start">First frame.</param>
    /// <param name="window">Receives shape [bands, width].</param>
    /// <param name="width">Frames of the window.</param>
    public void CopyWindow(int start, Span<float> window, int width)
    {
        var there = Math.Clamp(frames - start, 0, width);
        for (var band = 0; band < bands; band++)
        {
            var row = window.Slice(band * width, width);
            values.AsSpan((band * frames) + Math.Min(start, frames), there).CopyTo(row);
            row[there..].Fill(silence);
        }
    }

    /// <summary>A band's values, to test against.</summary>
    public ReadOnlySpan<float> Band(int band) => values.AsSpan(band * frames, frames);
}
