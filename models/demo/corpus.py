"""The spoken training set in memory: log-mels as bytes, and for each utterance its tokens and when they are spoken."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tokens import Tokens

SILENCE = 0


@dataclass
class Utterance:
    text: str
    language: str
    start: int
    """First frame (10 ms) in the corpus's mel."""
    frames: int
    end: int
    """Frame where the last phoneme ends."""
    ids: list
    spans: np.ndarray
    """[tokens, 2]: the frames in which each token is spoken; a word's time is shared among its pieces by length."""
    phonemes: np.ndarray
    """[n, 2]: first frame and class of each phoneme."""


class Corpus:
    def __init__(self, folder):
        folder = Path(folder)
        self.tokens = Tokens()
        self.mel = np.memmap(folder / "train.data", np.uint8, mode="r").reshape(-1, 80)
        offsets = np.load(folder / "train.offsets.npy")
        items = json.loads((folder / "train.json").read_text(encoding="utf-8"))
        names = sorted({name for item in items for _, name in item["phonemes"] if not name.startswith("_")})
        self.phoneme_classes = {name: i + 1 for i, name in enumerate(names)}
        self.utterances = [self._utterance(item, offsets[i], offsets[i + 1]) for i, item in enumerate(items)]

    @property
    def phonemes(self):
        return len(self.phoneme_classes) + 1

    def _utterance(self, item, start, stop):
        ids, spans = [], []
        for word, (begin, end) in zip(item["text"].split(), item["words"]):
            pieces = self.tokens.word(word)
            lengths = [len(self.tokens.pieces[id].strip()) for id in pieces]
            edges = begin + (end - begin) * np.concatenate([[0], np.cumsum(lengths)]) / sum(lengths)
            ids += pieces
            spans += list(zip(edges[:-1], edges[1:]))
        phonemes = [(frame, self.phoneme_classes.get(name, SILENCE)) for frame, name in item["phonemes"]]
        return Utterance(item["text"], item["language"], int(start), int(stop - start), min(item["end"], int(stop - start)),
                         ids, np.array(spans, np.float32), np.array(phonemes, np.int32))
