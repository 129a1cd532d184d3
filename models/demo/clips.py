"""Training clips: utterances placed in a window, disturbed in the log-mel domain, with what the network should say.

Everything is drawn from one numpy generator, so that a step's batch depends on nothing but its seed.
"""

from dataclasses import dataclass

import numpy as np

import features
import noise
from corpus import SILENCE
from network import AUDIO_CTX, TEXT_CTX

FRAMES_PER_TIMESTAMP = 2
FRAMES_30_S = AUDIO_CTX * FRAMES_PER_TIMESTAMP
TIMESTAMP_WEIGHT = 0.3
"""Of a timestamp in the loss; a word piece has 1. Times are learnt last, and meanwhile outweigh the words."""
FIRST_TIMESTAMP_LIMIT = 50
"""whisper's decoders never let the first timestamp exceed 1 s."""
LATE = 0.5
"""Share of batches whose clips stand later in the 30 s, as if what comes before had been cut out and its text said:
what a long clip's end asks for, at a short clip's price."""
TOKENS_A_FRAME = 0.04, 0.14
"""Ids said for an encoder frame, in speech with pauses."""

_MEL_HZ = (features.FILTERS * np.arange(201) * 40).sum(1) / features.FILTERS.sum(1)
_BAND_HZ = 2 / features.FILTERS.max(1)


def _warp_matrices():
    """Vocal-tract-length perturbation (Jaitly & Hinton 2013): the spectrum stretched by 0.9 to 1.12 along frequency."""
    positions, matrices = np.arange(80), []
    for factor in np.linspace(0.9, 1.12, 12):
        source = np.interp(np.minimum(_MEL_HZ * factor, 7800), _MEL_HZ, positions)
        low = np.minimum(source.astype(int), 78)
        matrix = np.zeros((80, 80), np.float32)
        matrix[low, positions] = 1 - (source - low)
        matrix[low + 1, positions] += source - low
        matrices.append(matrix)
    return matrices


_WARPS = _warp_matrices()


def noise_bank(seed, voices, per_kind=12, seconds=15):
    """log mel powers of unit-power noises: [n, frames, 80]."""
    rng = np.random.default_rng(seed)
    return np.stack([features.log_power(noise.waveform(rng, kind, seconds * features.RATE, voices))
                     for kind in noise.KINDS for _ in range(per_kind)]).astype(np.float32)


def _power(log_mel):
    """Mean power of a waveform estimated from its mel bands."""
    return float((10.0 ** log_mel @ _BAND_HZ).mean()) + 1e-12


@dataclass
class Clip:
    mel: np.ndarray
    """[frames, 80], scaled as whisper does; frames = 2 x encoder length."""
    phonemes: np.ndarray
    pieces: np.ndarray
    """A class for each encoder frame; pieces: token id + 1, or silence."""
    ids: list
    targets: list
    """For each id but the last: [(target id, weight)]; empty where anything goes."""
    attend: list
    """For each id but the last: the encoder frames where its target is heard, or None."""
    first: int
    """The encoder position where the clip starts."""
    positions: list
    """Of each id in the decoder."""


class ClipMaker:
    def __init__(self, corpus, bank):
        self.corpus, self.bank, self.tokens = corpus, bank, corpus.tokens
        self.by_language = {}
        for i, utterance in enumerate(corpus.utterances):
            self.by_language.setdefault(utterance.language, []).append(i)
        lengths = np.array([u.frames for u in corpus.utterances])
        self.by_length = np.argsort(lengths, kind="stable")

    # --- what goes into a batch ---

    def short_batch(self, rng, size):
        """Single utterances of like length, the window cut to the longest."""
        at = int(rng.integers(0, len(self.by_length) - size * 8))
        chosen = self.by_length[at:at + size * 8][rng.permutation(size * 8)[:size]]
        loose = rng.random() < 0.15
        plans = [self._plan(rng, [int(i)], FRAMES_30_S, 200 if loose else 16) for i in chosen]
        longest = max(plan[-1] for plan in plans)
        spare = int(rng.integers(0, 200 if loose else 8))
        context = min(AUDIO_CTX, -(-longest // 2) + spare)
        return [self._clip(rng, plan, context, first) for plan, first in zip(plans, self._starts(rng, size, context))]

    def long_batch(self, rng, size, context):
        """Several sentences one after the other, with the window's end empty, or cut through a sentence."""
        return [self._clip(rng, self._fill(rng, context), context, first) for first in self._starts(rng, size, context)]

    def _starts(self, rng, size, context):
        return rng.integers(0, AUDIO_CTX + 1 - context, size) if rng.random() < LATE else np.zeros(size, int)

    def _fill(self, rng, context):
        indices = self.by_language["en" if rng.random() < 0.5 else "es"]
        frames, chosen, used = 2 * context, [], 0
        target = frames * rng.uniform(0.2, 1.3 if context == AUDIO_CTX else 1.0)
        while used < target and len(chosen) < 24:
            chosen.append(int(indices[rng.integers(len(indices))]))
            used += self.corpus.utterances[chosen[-1]].frames + 50
        return self._plan(rng, chosen, frames, 200)

    def _plan(self, rng, indices, limit, silence):
        """[(utterance, first frame, stretch)], length of the clip, with at most `silence` frames before and after
        speech. The last utterance may lie across the limit."""
        at = 0 if rng.random() < 0.35 else int(rng.integers(0, silence))
        placed = []
        for index in indices:
            utterance = self.corpus.utterances[index]
            stretch = rng.uniform(0.9, 1.12)
            if at + 20 > limit:
                break
            placed.append((utterance, at, stretch))
            at += int(utterance.frames * stretch)
            if index != indices[-1]:
                at += int(rng.integers(5, 90) if rng.random() < 0.9 else rng.integers(90, 400))
        tail = 0 if rng.random() < 0.4 else int(rng.integers(0, min(silence, 60)))
        return placed, min(at + tail, limit)

    # --- one clip ---

    def _clip(self, rng, plan, context, first):
        placed, length = plan
        frames = 2 * context
        if rng.random() < 0.04:
            placed = []
        mel = np.full((frames, 80), features.FLOOR, np.float32)
        phonemes, pieces = np.zeros(context, np.int64), np.zeros(context, np.int64)
        segments = []
        for utterance, at, stretch in placed:
            self._place(rng, mel, phonemes, pieces, utterance, at, stretch)
            segments.append((utterance, at, stretch, at + utterance.end * stretch <= frames - 4))
        self._disturb(rng, mel, min(length, frames), bool(placed))
        script = self._script(rng, segments, context, first)
        skipped = int(min(first * rng.uniform(*TOKENS_A_FRAME), TEXT_CTX - len(script.ids)))
        positions = [i if i < script.head else i + skipped for i in range(len(script.ids))]
        return Clip(mel, phonemes, pieces, script.ids, script.targets, script.attend, first, positions)

    def _place(self, rng, mel, phonemes, pieces, utterance, at, stretch):
        source = self.corpus.mel[utterance.start:utterance.start + utterance.frames].astype(np.float32) / 18 + features.FLOOR
        count = min(int(len(source) * stretch), len(mel) - at)
        position = np.minimum(np.arange(count) / stretch, len(source) - 1)
        low = position.astype(int)
        high = np.minimum(low + 1, len(source) - 1)
        part = (position - low)[:, None].astype(np.float32)
        stretched = source[low] * (1 - part) + source[high] * part
        if rng.random() < 0.3:
            stretched = stretched @ _WARPS[rng.integers(len(_WARPS))]
        mel[at:at + count] = stretched + rng.uniform(-0.3, 0.3)
        for (start, kind), end in zip(utterance.phonemes, [*utterance.phonemes[1:, 0], utterance.end]):
            phonemes[int(at + start * stretch + 1) // 2:int(at + end * stretch + 1) // 2] = kind
        for id, (start, end) in zip(utterance.ids, utterance.spans):
            pieces[int(at + start * stretch + 1) // 2:int(at + end * stretch + 1) // 2] = id + 1

    def _disturb(self, rng, mel, length, speech):
        """Equaliser, band limit, echo, noise, level and masks, then whisper's scaling; all in place."""
        heard = mel[:length]
        band = np.arange(80) / 80
        if speech:
            curve = sum(rng.uniform(-0.25, 0.25) * np.cos(np.pi * k * band + rng.uniform(0, 6.3)) for k in (0.5, 1, 2, 3))
            if rng.random() < 0.1:
                curve = curve - np.maximum(0, np.arange(80) - rng.integers(55, 76)) * 0.25
            heard += curve.astype(np.float32)
            if rng.random() < 0.2:
                echo, late = rng.uniform(0.02, 0.15), int(rng.integers(3, 12))
                power = 10.0 ** heard
                power[late:] += echo * power[:-late] if length > late else 0
                heard[:] = np.log10(power)
        if rng.random() < (0.5 if speech else 0.8):
            wanted = rng.uniform(6, 40) if speech else 0
            sound = self.bank[rng.integers(len(self.bank))]
            start = int(rng.integers(0, max(1, len(sound) - length)))
            sound = np.resize(sound[start:start + length], heard.shape)
            if rng.random() < 0.3:
                sound = sound @ _WARPS[rng.integers(len(_WARPS))]
            level = np.log10(_power(heard) / _power(sound)) - wanted / 10 if speech else rng.uniform(-7, -1)
            heard[:] = np.logaddexp(heard * 2.302585, (sound + level) * 2.302585) / 2.302585
        heard += rng.uniform(-1.6, 0.5)
        if speech:
            middle = float(heard.mean())
            for _ in range(rng.integers(0, 2)):
                at, wide = int(rng.integers(0, 72)), int(rng.integers(1, 10))
                heard[:, at:at + wide] = middle
            for _ in range(rng.integers(0, 1 + max(1, length // 300))):
                at, wide = int(rng.integers(0, length)), int(rng.integers(1, 10))
                heard[at:at + wide] = middle
        np.maximum(mel, features.FLOOR, out=mel)
        np.maximum(mel, mel.max() - 8, out=mel)
        mel += 4
        mel /= 4

    # --- what the network should say ---

    def _script(self, rng, segments, context, first):
        t = self.tokens
        language = segments[0][0].language if segments else ("en" if rng.random() < 0.5 else "es")
        whole = all(complete for *_, complete in segments)
        timestamps = not whole or rng.random() < 0.6
        script = _Script()
        if rng.random() < 0.05:
            script.free(t.prev)
            for _ in range(rng.integers(1, 3)):
                indices = self.by_language[language]
                for id in self.corpus.utterances[indices[rng.integers(len(indices))]].ids:
                    script.free(id)
        script.free(t.sot)
        script.say(t.language[language], [(t.language[language], 1.0)] if segments else [(t.no_speech, 1.0)])
        script.free(t.transcribe)
        if not timestamps:
            script.free(t.no_timestamps)
        script.head = len(script.ids)
        if not segments:
            nothing = t.timestamp_0 if timestamps else t.empty
            script.say(nothing, [(t.no_speech, 0.75), (nothing, 0.25)])
        for number, (utterance, at, stretch, complete) in enumerate(segments):
            if timestamps:
                start = round(at / FRAMES_PER_TIMESTAMP)
                if number == 0 and first == 0:
                    start = min(start, FIRST_TIMESTAMP_LIMIT)
                script.say(*self._timestamp(start, context, first))
                if not complete:
                    break
            for id, (begin, end) in zip(utterance.ids, utterance.spans):
                said = id if rng.random() > 0.04 else int(rng.integers(t.empty))
                script.say(said, [(id, 1.0)], ((at + begin * stretch) / 2, (at + end * stretch) / 2))
            if timestamps:
                script.say(*self._timestamp(round((at + utterance.end * stretch) / FRAMES_PER_TIMESTAMP), context, first))
        script.say(t.eot, [(t.eot, 1.0)])
        return script

    def _timestamp(self, step, context, first):
        """A timestamp's neighbours are nearly right: they share its weight."""
        t = self.tokens
        step = min(step, context)
        time = first + step
        near = [(time + d, w) for d, w in ((-2, 0.06), (-1, 0.22), (0, 0.44), (1, 0.22), (2, 0.06)) if 0 <= time + d <= AUDIO_CTX]
        total = sum(w for _, w in near)
        return t.timestamp_0 + time, [(t.timestamp_0 + s, TIMESTAMP_WEIGHT * w / total) for s, w in near], (step - 2, step + 2)


class _Script:
    """Ids with the target that precedes each: `targets[i]` is what the network should say after `ids[i]`. The first
    `head` ids are the prompt."""

    def __init__(self):
        self.ids, self.targets, self.attend, self.head = [], [], [], 0

    def say(self, id, target, heard=None):
        if self.ids:
            self.targets.append(target)
            self.attend.append(heard)
        self.ids.append(id)

    def free(self, id):
        self.say(id, [])
