"""Whisper's log-mel spectrogram, from its definition: 16 kHz mono, Hann window of 400 samples, hop 160, 80 mel bands."""

import numpy as np

RATE = 16_000
FFT = 400
HOP = 160
MELS = 80
FLOOR = -10.0
"""log10 of the least power: 1e-10."""


def mel_filters():
    """Triangular filters of equal area on Slaney's mel scale (Auditory Toolbox, 1998): [80, 201]."""
    step, knee = 200 / 3, 15.0
    octave = np.log(6.4) / 27

    def to_hz(mel):
        return np.where(mel < knee, mel * step, 1000 * np.exp((mel - knee) * octave))

    top = knee + np.log(RATE / 2 / 1000) / octave
    edge = to_hz(np.linspace(0, top, MELS + 2))
    hz = np.arange(FFT // 2 + 1) * RATE / FFT
    up = (hz - edge[:-2, None]) / (edge[1:-1] - edge[:-2])[:, None]
    down = (edge[2:, None] - hz) / (edge[2:] - edge[1:-1])[:, None]
    area = 2 / (edge[2:] - edge[:-2])
    return (np.maximum(0, np.minimum(up, down)) * area[:, None]).astype(np.float32)


FILTERS = mel_filters()
_WINDOW = np.hanning(FFT + 1)[:-1].astype(np.float32)


def log_power(samples):
    """log10 of the mel power, neither cut at the top nor scaled: [frames, 80], one frame per 160 samples."""
    padded = np.concatenate([np.pad(samples, (FFT // 2, 0), mode="reflect"), np.zeros(FFT, np.float32)])
    frames = np.lib.stride_tricks.sliding_window_view(padded, FFT)[::HOP][: len(samples) // HOP]
    power = np.abs(np.fft.rfft(frames * _WINDOW, axis=1)).astype(np.float32) ** 2
    return np.log10(np.maximum(power @ FILTERS.T, 1e-10))


def resample_22050_to_16000(samples):
    """Band-limited resampling by 320/441 in the frequency domain."""
    blocks = -(-len(samples) // 441) + 8
    spectrum = np.fft.rfft(samples, n=blocks * 441)[: blocks * 160 + 1]
    fade = len(spectrum) - int(len(spectrum) * 0.985)
    spectrum[-fade:] *= np.linspace(1, 0, fade)
    wave = np.fft.irfft(spectrum, n=blocks * 320) * (320 / 441)
    return wave[: len(samples) * 320 // 441].astype(np.float32)


# The data set keeps log powers in bytes, 18 steps per decade: the error (0.03 at most) is far below the noise added later.
def to_bytes(log_mel):
    return np.clip(np.rint((log_mel - FLOOR) * 18), 0, 255).astype(np.uint8)
