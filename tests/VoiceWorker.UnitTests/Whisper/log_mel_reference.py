"""Writes log-mel.csv: reference values for LogMelTests, computed in double precision straight from the definition.

Signal: a chirp with noise of a linear congruential generator, then silence. Filters: five triangles. One line a band.
Run with python3 and numpy: python3 log_mel_reference.py > log-mel.csv
"""
import numpy as np

LENGTH, SILENCE = 24000, 4000


def signal():
    t = np.arange(LENGTH) / 16000
    state, noise = 1, []
    for _ in range(LENGTH):
        state = (state * 1664525 + 1013904223) % 2**32
        noise.append(state / 2**32 - 0.5)
    x = 0.3 * np.sin(2 * np.pi * (200 * t + 600 * t * t)) + 0.05 * np.array(noise)
    x[-SILENCE:] = 0
    return x.astype(np.float32).astype(np.float64)


def filters():
    bins = np.arange(201)
    return np.array([np.maximum(0, 1 - np.abs(bins - center) / width) * 0.02 for center, width in [(5, 4), (12, 8), (30, 15), (80, 30), (170, 30)]])


x = signal()
padded = np.concatenate([x[200:0:-1], x, np.zeros(30 * 16000 + 200)])
window = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(400) / 400)
frames = np.stack([padded[i:i + 400] * window for i in range(0, len(padded) - 400, 160)])
power = np.abs(np.fft.rfft(frames, axis=1)) ** 2
logs = np.log10(np.maximum(filters() @ power.T, 1e-10))
values = (np.maximum(logs, logs.max() - 8) + 4) / 4
for band in values[:, :160]:
    print(",".join(f"{v:.6f}" for v in band))
