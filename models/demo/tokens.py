"""The model's own vocabulary: word pieces by byte-pair merging over the grammars' words, and whisper's special tokens."""

import random
from collections import Counter

import sentences

PIECES = 768

# Ids in a multilingual whisper file (n_vocab 51865).
N_VOCAB = 51865
EOT, SOT, EN, ES, TRANSCRIBE, PREV, NO_SPEECH, NO_TIMESTAMPS, TIMESTAMP_0 = (
    50257, 50258, 50259, 50262, 50359, 50361, 50362, 50363, 50364)
TIMESTAMPS = 1501
LANGUAGE = {"en": EN, "es": ES}
SPECIAL = [EOT, SOT, EN, ES, TRANSCRIBE, PREV, NO_SPEECH, NO_TIMESTAMPS]


def _word_counts():
    """How often each word is spoken, flattened: rare words get pieces too."""
    rng, counts = random.Random("vocabulary"), Counter()
    for language in sentences.LANGUAGES:
        grammar = sentences.Grammar(language)
        counts.update(grammar.words)
        for _ in range(20_000):
            counts.update(grammar.expand(rng).split())
    return {word: count ** 0.5 for word, count in counts.items()}


def train_pieces(size=PIECES):
    """Byte-pair merging (Sennrich et al. 2016) over characters; a word's first character carries the space before it."""
    counts = _word_counts()
    words = {w: [" " + w[0], *w[1:]] for w in counts}
    pieces = sorted({symbol for symbols in words.values() for symbol in symbols})
    while len(pieces) < size:
        pairs = Counter()
        for word, symbols in words.items():
            for pair in zip(symbols, symbols[1:]):
                pairs[pair] += counts[word]
        best = max(pairs, key=lambda pair: (pairs[pair], pair))
        pieces.append("".join(best))
        for word, symbols in words.items():
            i, merged = 0, []
            while i < len(symbols):
                if tuple(symbols[i:i + 2]) == best:
                    merged.append("".join(best))
                    i += 2
                else:
                    merged.append(symbols[i])
                    i += 1
            words[word] = merged
    return pieces, words


class Tokens:
    """Ids as the network is trained: the pieces, an empty piece, the special tokens, the timestamps, without gaps.

    whisper never lets the first token be end-of-text, so a model that hears nothing has no way to say so without
    timestamps: the empty piece is that way.
    """

    def __init__(self):
        self.pieces, self._words = train_pieces()
        self._ids = {piece: i for i, piece in enumerate(self.pieces)}
        self.empty = len(self.pieces)
        self.text = self.empty + 1
        special = {id: self.text + i for i, id in enumerate(SPECIAL)}
        self.eot, self.sot, self.en, self.es, self.transcribe, self.prev, self.no_speech, self.no_timestamps = (
            special[id] for id in SPECIAL)
        self.language = {"en": self.en, "es": self.es}
        self.timestamp_0 = self.text + len(SPECIAL)
        self.count = self.timestamp_0 + TIMESTAMPS

    def file_id(self, id):
        """The id in the model file."""
        if id < self.text:
            return id
        return SPECIAL[id - self.text] if id < self.timestamp_0 else TIMESTAMP_0 + id - self.timestamp_0

    def word(self, word):
        return [self._ids[piece] for piece in self._words[word]]

    def encode(self, text):
        return [id for word in text.split() for id in self.word(word)]

    def decode(self, ids):
        return "".join(self.pieces[id] for id in ids if id < self.empty).strip()

    def file_vocabulary(self):
        """Pieces in the order of their ids, then what whisper.cpp asks for: a single space and every byte."""
        pieces = [piece.encode() for piece in self.pieces] + [b"", b" "]
        return pieces + [bytes([b]) for b in range(256) if bytes([b]) not in pieces]


if __name__ == "__main__":
    tokens = Tokens()
    print(len(tokens.pieces), tokens.pieces[60:])
    lengths = [len(tokens.word(w)) for w in tokens._words]
    print("pieces a word", sum(lengths) / len(lengths))
