"""Speaks a set of utterances: `dataset.py train|test|handwritten COUNT FOLDER [PROCESSES]`.

train: log-mel bytes, a phoneme for each frame, a span of frames for each word; `Shards` reads them back.
test: the waveforms (noise is added to them later) and the texts, from sentences kept out of training.
handwritten: the same for the sentences in handwritten.txt.
"""

import json
import random
import sys
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import numpy as np

import features
import sentences
import voices
from speak import RATE, Speaker

SALAD, SWAPPED = 0.08, 0.2
"""Share of random word strings, and of sentences with one or two random words, in the training set. They teach rare
words, and are by far the hardest to learn."""
BLOCK = 250
"""Utterances drawn from one random generator: the set does not depend on the number of processes."""
AT_ONCE = 8
"""Blocks for which one pool of processes lives."""
CRASHES_IN_A_ROW = 5
"""After which a set is given up."""
TAIL = 0.08
"""Seconds kept after the last phoneme."""


def _word_spans(text, speech, end):
    """(start, end) in samples for each word. espeak-ng speaks some words as one ("do you"): they share its time."""
    starts, position = [], 0
    for word in text.split():
        starts.append(position)
        position += len(word) + 1
    marks = sorted({offset: sample for sample, offset in reversed(speech.words)}.items())
    times = []
    for start in starts:
        times.append(next((sample for offset, sample in marks if offset == start), None))
    times[0] = times[0] or 0
    spans, i = [], 0
    while i < len(times):
        j = i + 1
        while j < len(times) and times[j] is None:
            j += 1
        until = times[j] if j < len(times) else end
        step = (until - times[i]) / (j - i)
        spans += [(times[i] + k * step, times[i] + (k + 1) * step) for k in range(j - i)]
        i = j
    return spans


def _voiced_end(speech):
    """Where the last phoneme ends: the first of the closing pauses."""
    end = len(speech.samples)
    for sample, name in reversed(speech.phonemes):
        if not name.startswith("_"):
            break
        end = sample
    return max(min(end, len(speech.samples)), RATE // 10)


def _utterance(speaker, grammars, rng, kind):
    test = kind != "train"
    language = rng.choice(sorted(grammars))
    text = None
    if kind == "handwritten":
        language, text = rng.choice(sentences.HANDWRITTEN)
    grammar = grammars[language]
    text = text or sentences.draw(grammar, rng, test, *(() if test else (SALAD, SWAPPED)))
    voice, speed, pitch, pitch_range, gap = (voices.test_voice if test else voices.train_voice)(rng, grammar.voices)
    speech = speaker.say(text, voice, speed, pitch, pitch_range, gap)
    end = _voiced_end(speech)
    kept = speech.samples[: end + int(TAIL * RATE)]
    item = {"text": text, "language": language, "voice": voice, "speed": speed}
    wave = features.resample_22050_to_16000(kept)
    if test:
        return item, wave
    frames_per_sample = 100 / RATE
    mel = features.to_bytes(features.log_power(wave))
    item["words"] = [(round(a * frames_per_sample), round(b * frames_per_sample)) for a, b in _word_spans(text, speech, end)]
    item["end"] = round(end * frames_per_sample)
    item["phonemes"] = [(round(s * frames_per_sample), name) for s, name in speech.phonemes]
    return item, mel


def _block(arguments):
    kind, number, count = arguments
    global _speaker, _grammars
    if "_speaker" not in globals():
        _speaker = Speaker()
        _grammars = {language: sentences.Grammar(language) for language in sentences.LANGUAGES}
    rng = random.Random(f"{kind} {number}")
    return [_utterance(_speaker, _grammars, rng, kind) for _ in range(count)]


def _spoken(blocks, processes):
    """The blocks' utterances in order. espeak-ng's library crashes seldom (once in 65,000 utterances, with variants):
    fresh processes go on from the first block that is missing."""
    done, crashes = 0, 0
    while done < len(blocks):
        with ProcessPoolExecutor(processes) as pool:
            try:
                for utterances in pool.map(_block, blocks[done:done + AT_ONCE]):
                    yield utterances
                    done, crashes = done + 1, 0
            except BrokenProcessPool:
                crashes += 1
                print(f"a process died at block {done}", flush=True)
                if crashes == CRASHES_IN_A_ROW:
                    raise


def build(kind, count, folder, processes=2):
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    blocks = [(kind, i, min(BLOCK, count - i * BLOCK)) for i in range(-(-count // BLOCK))]
    offsets, items = [0], []
    with open(folder / f"{kind}.data", "wb") as data:
        for block in _spoken(blocks, processes):
            for item, array in block:
                if kind != "train":
                    array = np.rint(np.clip(array, -1, 1) * 32767).astype(np.int16)
                data.write(array.tobytes())
                items.append(item)
                offsets.append(offsets[-1] + len(array))
            print(f"{len(items)} of {count}", flush=True)
    np.save(folder / f"{kind}.offsets.npy", np.array(offsets))
    with open(folder / f"{kind}.json", "w", encoding="utf-8") as file:
        json.dump(items, file, ensure_ascii=False)
    seconds = offsets[-1] / (100 if kind == "train" else features.RATE)
    print(f"{count} utterances, {seconds / 3600:.1f} hours")


if __name__ == "__main__":
    build(sys.argv[1], int(sys.argv[2]), sys.argv[3], int(sys.argv[4]) if len(sys.argv) > 4 else 2)
