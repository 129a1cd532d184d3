"""Which espeak-ng voices train and which only test. A voice is a language's voice plus a variant (`en-us+m3`)."""

TEST_VARIANTS = "m4 f3 Andy Annie belinda Michael edward victor steph2 Gene2 klatt3 sandro".split()

TRAIN_VARIANTS = (
    "m1 m2 m3 m5 m6 m7 m8 f1 f2 f4 f5 adam Alex Alicia Andrea antonio aunty benjamin boris caleb david Denis Diogo ed "
    "edward2 Gene gustave Henrique Hugo iven iven2 iven3 iven4 Jacky john kaukovalta Lee linda marcelo Marco Mario max "
    "michel miguel Mike Nguyen pablo paul pedro quincy RicishayMax RicishayMax2 RicishayMax3 rob robert steph "
    "steph3 Storm Tweaky zac anika grandpa grandma klatt klatt2 klatt4 norbert shelby travis").split()

ODD_VARIANTS = (
    "Demonic announcer robosoft robosoft2 robosoft3 robosoft4 robosoft5 robosoft6 robosoft7 robosoft8 UniRobot "
    "anikaRobot AnxiousAndy whisper whisperf croak klatt5 klatt6").split()
"""Whispers, robots and the like: they train, seldom, and do not test."""

TEST_SPEEDS = (118, 133, 148, 163, 175, 190, 208)
"""Words a minute. Training leaves out these and their neighbours."""


def train_voice(rng, base):
    """(voice, words a minute, pitch, pitch range, gap between words in 10 ms)."""
    kind = rng.random()
    variant = "" if kind < 0.1 else "+" + rng.choice(TRAIN_VARIANTS if kind < 0.94 else ODD_VARIANTS)
    speed = rng.randint(100, 225)
    while any(abs(speed - s) <= 1 for s in TEST_SPEEDS):
        speed = rng.randint(100, 225)
    gap = rng.randint(1, 6) if rng.random() < 0.15 else 0
    return rng.choice(base) + variant, speed, rng.randint(15, 85), rng.randint(25, 85), gap


def test_voice(rng, base):
    return rng.choice(base) + "+" + rng.choice(TEST_VARIANTS), rng.choice(TEST_SPEEDS), rng.randint(30, 70), 50, 0
