"""Draws sentences from the two grammars, deterministically from a seed, and keeps some for the test alone."""

import hashlib
import random
import re
from pathlib import Path

import english
import spanish

LANGUAGES = {"en": english, "es": spanish}
HELD_OUT_ONE_IN = 16
HANDWRITTEN = [tuple(line.split(" ", 1)) for line in
               (Path(__file__).parent / "handwritten.txt").read_text(encoding="utf-8").splitlines()]
"""(language, text): sentences written by hand from the grammars' words, for the test."""
_HANDWRITTEN_TEXTS = {text for _, text in HANDWRITTEN}
_SLOT = re.compile(r"\{(\w+)\}")


class Grammar:
    """A grammar's sentences and words. `word_salad` gives words in random order and `swapped` puts one or two into a
    sentence, so that the acoustics, not only the word order, must be learnt: also of words that one sentence alone has."""

    def __init__(self, language):
        module = LANGUAGES[language]
        self.rules = {name: text.split("|") for name, text in module.RULES.items()}
        self.voices = module.VOICES.split()
        self.words = sorted({w for alternatives in self.rules.values() for a in alternatives for w in _SLOT.sub(" ", a).split()})
        ambiguous = set(module.AMBIGUOUS.split())
        self.clear_words = [w for w in self.words if w not in ambiguous]

    def expand(self, rng, symbol="sentence"):
        return _SLOT.sub(lambda m: self.expand(rng, m.group(1)), rng.choice(self.rules[symbol]))

    def word_salad(self, rng):
        return " ".join(rng.choice(self.clear_words) for _ in range(rng.randint(1, 6)))

    def swapped(self, rng):
        words = self.expand(rng).split()
        for _ in range(rng.randint(1, 2)):
            words[rng.randrange(len(words))] = rng.choice(self.clear_words)
        return " ".join(words)


def is_held_out(text):
    """Whether a sentence belongs to the test: decided by the text alone, so that no seed can mix the two sets."""
    return text in _HANDWRITTEN_TEXTS or " " in text and hashlib.sha256(text.encode()).digest()[0] % HELD_OUT_ONE_IN == 0


def draw(grammar, rng, held_out, salad=0.0, swapped=0.0):
    """One sentence of the wanted set; with probability `salad` a string of random words, with `swapped` a sentence with
    random words in it."""
    while True:
        kind = rng.random()
        say = grammar.word_salad if kind < salad else grammar.swapped if kind < salad + swapped else grammar.expand
        text = say(rng)
        if len(text) > 2 and is_held_out(text) == held_out and len(text.split()) <= 16:
            return text


if __name__ == "__main__":
    rng = random.Random(1)
    for language in LANGUAGES:
        g = Grammar(language)
        print(language, len(g.words), "words")
        for _ in range(25):
            print("   ", draw(g, rng, False))
