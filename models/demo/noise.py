"""Noises made by formula or from espeak-ng's own speech, as unit-power waveforms."""

import numpy as np

import features

KINDS = ("white", "pink", "brown", "hum", "street", "clicks", "tones", "babble")


def _coloured(rng, count, slope):
    spectrum = np.fft.rfft(rng.standard_normal(count))
    spectrum[1:] /= np.arange(1, len(spectrum)) ** slope
    spectrum[0] = 0
    return np.fft.irfft(spectrum, count)


def _swell(rng, count, per_second):
    """A slowly varying loudness between 0.1 and 1."""
    points = max(4, int(count / features.RATE * per_second))
    return np.interp(np.arange(count), np.linspace(0, count, points), rng.uniform(0.1, 1, points))


def waveform(rng, kind, count, voices=()):
    """`count` samples at 16 kHz with power 1. `voices` are speech waveforms, for babble."""
    time = np.arange(count) / features.RATE
    if kind == "white":
        wave = rng.standard_normal(count)
    elif kind in ("pink", "brown"):
        wave = _coloured(rng, count, 0.5 if kind == "pink" else 1.0)
    elif kind == "hum":
        mains = rng.choice([50, 60, 100, 120]) * rng.uniform(0.98, 1.02)
        wave = sum(rng.uniform(0, 1) / k * np.sin(2 * np.pi * mains * k * time + rng.uniform(0, 6)) for k in range(1, 20))
        wave = wave / wave.std() + 0.3 * rng.standard_normal(count)
    elif kind == "street":
        low, high = _coloured(rng, count, rng.uniform(0.4, 0.9)), _coloured(rng, count, 0.2)
        wave = low / low.std() * _swell(rng, count, 2) + 0.4 * high / high.std() * _swell(rng, count, 4)
    elif kind == "clicks":
        wave = np.zeros(count)
        for at in rng.integers(0, max(1, count - 400), max(2, int(count / features.RATE * rng.uniform(1, 8)))):
            length = int(rng.integers(20, 400))
            burst = rng.standard_normal(length) * np.exp(-np.arange(length) / (length / 5))
            wave[at:at + length] += burst[: count - at] * rng.uniform(2, 8)
        wave += 0.1 * rng.standard_normal(count)
    elif kind == "tones":
        wave = 0.05 * rng.standard_normal(count)
        for _ in range(rng.integers(1, 5)):
            pitch = 2 * np.pi * rng.uniform(200, 3500) * time
            wave += (_swell(rng, count, 3) > rng.uniform(0.2, 0.8)) * np.sin(pitch) * rng.uniform(0.2, 1)
    elif kind == "babble":
        wave = np.zeros(count)
        for _ in range(rng.integers(5, 12)):
            at = 0
            while at < count:
                voice = voices[rng.integers(len(voices))]
                piece = voice[: count - at] * rng.uniform(0.3, 1)
                wave[at:at + len(piece)] += piece
                at += len(voice)
    else:
        raise ValueError(f"no such noise: {kind}")
    return (wave / (np.sqrt(np.mean(wave ** 2)) + 1e-9)).astype(np.float32)


def at_ratio(speech, noise, decibels):
    """Speech with noise at that signal-to-noise ratio (mean powers over the whole clip)."""
    return speech + noise[: len(speech)] * np.sqrt(np.mean(speech ** 2)) * 10 ** (-decibels / 20)
