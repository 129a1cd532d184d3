"""Word error rate, languages, silence and timestamps of a ggml file: `evaluate.py DATA MODEL.bin [--limit N]`.

Prints one Markdown table. Sentences, voices and speeds are those kept out of training.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import torch

import features
import noise
from ggml_file import WhisperFile
from network import AUDIO_CTX

BATCH = 16
NOISES = ("white", "pink", "street", "babble")


class SpokenSet:
    def __init__(self, folder, kind):
        folder = Path(folder)
        data, offsets = np.fromfile(folder / f"{kind}.data", np.int16), np.load(folder / f"{kind}.offsets.npy")
        self.items = json.loads((folder / f"{kind}.json").read_text(encoding="utf-8"))
        self.waves = [data[a:b].astype(np.float32) / 32768 for a, b in zip(offsets[:-1], offsets[1:])]


def edits(reference, heard):
    """Words to change, insert or delete (Levenshtein)."""
    row = list(range(len(heard) + 1))
    for i, word in enumerate(reference, 1):
        diagonal, row[0] = row[0], i
        for j, other in enumerate(heard, 1):
            diagonal, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, diagonal + (word != other))
    return row[-1]


def noisy(waves, kind, decibels, seed=7):
    if kind is None:
        return waves
    rng = np.random.default_rng([seed, noise.KINDS.index(kind)])
    return [noise.at_ratio(w, noise.waveform(rng, kind, len(w) + 400, waves), decibels) for w in waves]


def recognise(model, waves, full, timestamps=True, languages=None):
    """[(language heard, ids)] in the order of `waves`; windows of 30 s, or cut to the clip."""
    order = sorted(range(len(waves)), key=lambda i: len(waves[i]))
    results = [None] * len(waves)
    for at in range(0, len(order), BATCH):
        chosen = order[at:at + BATCH]
        context = AUDIO_CTX if full else min(AUDIO_CTX, max(len(waves[i]) for i in chosen) // 320 + 16)
        mels = [model.mel(waves[i], context) for i in chosen]
        given = [languages[i] for i in chosen] if languages else None
        for i, result in zip(chosen, model.transcribe(mels, given, timestamps)):
            results[i] = result
    return results


def score(model, spoken, count, noise_kind=None, decibels=15, full=False, timestamps=True):
    """{en, es, all: WER; language: share of right languages} with the language told, as detection is counted apart."""
    items, waves = spoken.items[:count], noisy(spoken.waves[:count], noise_kind, decibels)
    results = recognise(model, waves, full, timestamps, [item["language"] for item in items])
    wrong, words, examples = {"en": 0, "es": 0}, {"en": 0, "es": 0}, []
    for item, (_, ids) in zip(items, results):
        reference, heard = item["text"].split(), model.text(ids).split()
        errors = edits(reference, heard)
        wrong[item["language"]] += errors
        words[item["language"]] += len(reference)
        if errors:
            examples.append((item["voice"], item["text"], " ".join(heard)))
    rates = {language: wrong[language] / words[language] for language in words}
    rates["all"] = sum(wrong.values()) / sum(words.values())
    rates["language"] = np.mean([heard == item["language"] for item, (heard, _) in zip(items, results)])
    return rates, examples


def long_clips(spoken, count, seed=3):
    """[(wave, [(start, end, text)])]: sentences of one language with pauses, up to 28 s."""
    rng = np.random.default_rng(seed)
    clips = []
    for number in range(count):
        language = ("en", "es")[number % 2]
        indices = [i for i, item in enumerate(spoken.items) if item["language"] == language]
        parts, segments, at = [], [], 0
        while True:
            i = int(rng.choice(indices))
            gap = int(rng.uniform(0.2, 1.2) * features.RATE) if segments else 0
            if at + gap + len(spoken.waves[i]) > 28 * features.RATE:
                break
            at += gap
            parts += [np.zeros(gap, np.float32), spoken.waves[i]]
            segments.append((at / features.RATE, (at + len(spoken.waves[i])) / features.RATE - 0.08, spoken.items[i]["text"]))
            at += len(spoken.waves[i])
        clips.append((language, np.concatenate(parts), segments))
    return clips


def score_long(model, spoken, count):
    clips = long_clips(spoken, count)
    results = recognise(model, [wave for _, wave, _ in clips], True, True, [language for language, *_ in clips])
    wrong = words = same = 0
    starts, ends = [], []
    for (_, _, segments), (_, ids) in zip(clips, results):
        reference = " ".join(text for *_, text in segments).split()
        wrong += edits(reference, model.text(ids).split())
        words += len(reference)
        heard = model.segments(ids)
        if len(heard) == len(segments):
            same += 1
            starts += [abs(h[0] - s[0]) for h, s in zip(heard, segments)]
            ends += [abs(h[1] - s[1]) for h, s in zip(heard, segments)]
    times = (float(np.median(v)) if v else float("nan") for v in (starts, ends))
    late = float(np.percentile(starts + ends, 95)) if starts else float("nan")
    return wrong / words, same / len(clips), *times, late


def score_silence(model, count, seed=11):
    """Share of clips without speech in which words were heard, with and without timestamps."""
    rng = np.random.default_rng(seed)
    waves = [np.zeros(int(rng.uniform(0.5, 8) * features.RATE), np.float32) for _ in range(count // 5)]
    kinds = [kind for kind in noise.KINDS if kind != "babble"]
    while len(waves) < count:
        length = int(rng.uniform(0.5, 8) * features.RATE)
        waves.append(noise.waveform(rng, kinds[len(waves) % len(kinds)], length) * 10 ** rng.uniform(-4, -0.7))
    invented = []
    for timestamps in (True, False):
        for full in (False, True):
            results = recognise(model, waves, full, timestamps)
            invented.append(np.mean([bool(model.text(ids)) for _, ids in results]))
    return invented


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("data")
    parser.add_argument("model")
    parser.add_argument("--limit", type=int, default=600, help="utterances for a condition")
    parser.add_argument("--quick", action="store_true", help="two conditions, and the mistakes")
    arguments = parser.parse_args()
    torch.set_grad_enabled(False)
    torch.set_num_threads(2)
    model = WhisperFile(arguments.model)
    test, hand = SpokenSet(arguments.data, "test"), SpokenSet(arguments.data, "handwritten")
    n = arguments.limit
    if arguments.quick:
        for name, kind in (("clean", None), ("pink", "pink")):
            rates, examples = score(model, test, n, kind)
            print(name, {k: f"{100 * v:.1f}" for k, v in rates.items()}, flush=True)
            for voice, text, heard in examples[:25] if kind is None else []:
                print(f"   {voice:24} {text} | {heard}")
        return
    print("| condition | clips | English | Spanish | both | language right |\n|---|---|---|---|---|---|")
    rows = [("clean, window cut to the clip", test, n, None, False, True), ("clean, without timestamps", test, n, None, False, False),
            ("clean, full 30 s window", test, n // 2, None, True, True)]
    rows += [(f"{kind} noise at 15 dB", test, n, kind, False, True) for kind in NOISES]
    rows += [("pink noise at 15 dB, full 30 s window", test, n // 2, "pink", True, True),
             ("hand-written sentences, clean", hand, min(n, 400), None, False, True),
             ("hand-written sentences, pink noise at 15 dB", hand, min(n, 400), "pink", False, True)]
    for name, spoken, count, kind, full, timestamps in rows:
        rates, _ = score(model, spoken, count, kind, full=full, timestamps=timestamps)
        count = min(count, len(spoken.items))
        print(f"| {name} | {count} | {100 * rates['en']:.1f} % | {100 * rates['es']:.1f} % | {100 * rates['all']:.1f} % | "
              f"{100 * rates['language']:.1f} % |", flush=True)
    rate, same, start, end, late = score_long(model, test, max(8, n // 20))
    print(f"\nLong clips (several sentences, up to 28 s): word error rate {100 * rate:.1f} %; as many segments as sentences in "
          f"{100 * same:.0f} % of clips; there, the median error of a start is {start:.2f} s, of an end {end:.2f} s, "
          f"95 % of all are within {late:.2f} s.", flush=True)
    invented = score_silence(model, max(35, n // 5))
    print("Words heard in silence or noise alone: with timestamps {:.0f} % of clips (30 s window {:.0f} %), without "
          "{:.0f} % ({:.0f} %).".format(*(100 * v for v in invented)))


if __name__ == "__main__":
    main()
