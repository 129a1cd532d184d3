"""Which espeak-ng voices train and which only test. A voice is a language's voice plus a variant (`en-us+m3`)."""

TEST_VARIANTS = "m4 f3 Annie victor steph2 Gene2 sandro".split()

TRAIN_VARIANTS = (
    "m1 m2 m3 m5 m6 m7 m8 f1 f2 f4 f5 Alex Andrea antonio aunty Denis Diogo ed Gene Henrique Hugo iven iven2 iven3 iven4 "
    "john linda Mario max michel miguel Mike Nguyen pablo paul pedro quincy RicishayMax RicishayMax2 RicishayMax3 rob "
    "robert steph steph3 Storm anika grandpa grandma").split()
"""The variants that sound like a person: those whose first three formants keep within 78 to 136 % of the plain voice's
frequencies and above 40 % of their heights, without whispers, robots, croaks and Klatt's synthesizer."""

TEST_SPEEDS = (118, 133, 148, 163, 175, 190, 208)
"""Words a minute. Training leaves out these and their neighbours."""


def train_voice(rng, base):
    """(voice, words a minute, pitch, pitch range, gap between words in 10 ms)."""
    variant = "" if rng.random() < 0.15 else "+" + rng.choice(TRAIN_VARIANTS)
    speed = rng.randint(100, 225)
    while any(abs(speed - s) <= 1 for s in TEST_SPEEDS):
        speed = rng.randint(100, 225)
    gap = rng.randint(1, 6) if rng.random() < 0.15 else 0
    return rng.choice(base) + variant, speed, rng.randint(15, 85), rng.randint(25, 85), gap


def test_voice(rng, base):
    return rng.choice(base) + "+" + rng.choice(TEST_VARIANTS), rng.choice(TEST_SPEEDS), rng.randint(30, 70), 50, 0
