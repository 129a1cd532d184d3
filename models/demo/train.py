"""Trains the network: `train.py DATA RUN --stop STEP [--cooldown-from STEP]`.

A run goes on from RUN/last.pt where there is one. The learning rate stays level and falls to zero between
--cooldown-from and --stop; so a run can be ended at any step by a cool-down, and taken up again from a checkpoint
that was saved before it. Each worker process makes its own part of every batch from (seed, step, rank) and the
gradients are averaged: the result depends on the steps and the number of workers, not on the time they take.
"""

import argparse
import os
import random
import shutil
import time
from datetime import timedelta
from pathlib import Path

import numpy as np
import torch
import torch.distributed as dist
import torch.multiprocessing
from torch.nn import functional as F

import features
import network
import sentences
import voices
from clips import ClipMaker, noise_bank
from corpus import Corpus
from optimizer import Optimizer
from speak import Speaker

SEED = 20
WARM_UP = 150
CLIPS_A_STEP = 32
FRAMES_A_STEP = 4000
"""Encoder frames in a batch of long clips."""
LONG, FULL = 0.3, 0.3
"""Share of workers' batches with several sentences in 4 to 14 s, and in the full 30 s."""
FEW_LONG_UNTIL, FEW = 1500, 0.15
"""Up to that step there are fewer of them: short ones teach the sounds more cheaply."""
FADE_HELP = 3000
"""Steps over which the phoneme, word-piece and attention losses fade to a tenth."""
SOUNDS_KNOWN, SOUNDS_EVERY = 700, 3
"""From that step on the encoder's lower half learns on every third step only: the sounds are learnt long before the
words, and a step without their gradient costs 30 % less."""
GUIDED_HEADS = 2
KEEP_EVERY = 1000
"""Steps between checkpoints that stay."""

SHAPE = {"width": 128, "heads": 4, "encoder_layers": 4, "decoder_layers": 3}
PATIENCE = timedelta(hours=2)
"""A machine may stop the workers for a while (SIGSTOP): the exchange of gradients waits that long."""


def has_bfloat16():
    """Whether the processor multiplies bfloat16 itself: without that, oneDNN's bfloat16 is ten times slower than float32."""
    flags = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    return "avx512_bf16" in flags or "amx_bf16" in flags


def rate_scale(step, arguments):
    rate = min(1, (step + 1) / WARM_UP)
    if arguments.cooldown_from is not None and step >= arguments.cooldown_from:
        rate *= 1 - (step - arguments.cooldown_from) / max(1, arguments.stop - arguments.cooldown_from)
    return max(rate, 1e-3)


def window(rng, step):
    """Encoder length of a worker's long clips, or None: single sentences."""
    few = FEW if step < FEW_LONG_UNTIL else 1
    kind, context = rng.random(), int(rng.integers(200, 700))
    return network.AUDIO_CTX if kind < FULL * few else context if kind < (FULL + LONG) * few else None


def batch_clips(maker, step, rank, workers):
    """A worker's part of a step. The full window costs twice what other batches do: beside it there are more sentences."""
    common, own = np.random.default_rng([SEED, step]), np.random.default_rng([SEED, step, rank + 1])
    windows = [window(common, step) for _ in range(workers)]
    if windows[rank] is None:
        return maker.short_batch(own, CLIPS_A_STEP // workers * (2 if network.AUDIO_CTX in windows else 1))
    return maker.long_batch(own, max(1, FRAMES_A_STEP // windows[rank] // workers), windows[rank])


def tensors(clips):
    """The clips as one batch; `near` marks the frames each position should attend to."""
    length, context = max(len(c.ids) for c in clips) - 1, len(clips[0].pieces)
    ids, positions = np.zeros((2, len(clips), length), np.int64)
    target = np.zeros((len(clips), length, network.SOFTENED), np.int64)
    weight = np.zeros((len(clips), length, network.SOFTENED), np.float32)
    near = np.zeros((len(clips), length, context), np.float32)
    for b, clip in enumerate(clips):
        ids[b, :len(clip.ids) - 1] = clip.ids[:-1]
        positions[b, :len(clip.ids) - 1] = clip.positions[:-1]
        for i, (said, heard) in enumerate(zip(clip.targets, clip.attend)):
            for k, (id, w) in enumerate(said):
                target[b, i, k], weight[b, i, k] = id, w
            if heard is not None:
                near[b, i, max(0, int(heard[0]) - 2):min(context, int(np.ceil(heard[1])) + 3)] = 1
    stack = [torch.from_numpy(np.stack([getattr(c, name) for c in clips])) for name in ("mel", "phonemes", "pieces")]
    first = np.array([clip.first for clip in clips], np.int64)
    return (*stack, *map(torch.from_numpy, (first, ids, positions, target, weight, near)))


def losses(net, clips, step):
    mel, phonemes, pieces, first, ids, positions, target, weight, near = tensors(clips)
    learn_sounds = step < SOUNDS_KNOWN or step % SOUNDS_EVERY == 0
    audio, middle = net.encoder(mel, learn_sounds, first)
    logits, attention = net.decoder(ids, audio, positions)
    said = F.log_softmax(logits, -1).gather(2, target)
    text = -(said * weight).sum() / weight.sum()
    some = slice(step % 2, None, 2)
    with torch.set_grad_enabled(learn_sounds):
        phoneme = F.cross_entropy(net.encoder.train_phonemes(middle[:, some]).flatten(0, 1), phonemes[:, some].flatten())
    piece = F.cross_entropy(net.encoder.train_pieces(audio[:, some]).flatten(0, 1), pieces[:, some].flatten())
    guided = near.sum(-1) > 0
    where = torch.stack([(a[:, :GUIDED_HEADS] * near[:, None]).sum(-1).mean(1) for a in attention[1:]]).mean(0)[guided]
    attend = -torch.log(where + 1e-3).sum() / max(1, len(where))
    return text, phoneme, piece, attend


def work(rank, arguments, corpus):
    torch.set_num_threads(arguments.threads)
    dist.init_process_group("gloo", init_method=f"file://{arguments.meeting}", rank=rank, world_size=arguments.workers,
                            timeout=PATIENCE)
    torch.manual_seed(SEED)
    maker = ClipMaker(corpus, noise_bank(SEED, arguments.babble))
    shape = dict(SHAPE, phonemes=corpus.phonemes, text=corpus.tokens.text)
    net = network.Network(shape)
    optimizer = Optimizer(net, rank, arguments.workers, torch.bfloat16 if has_bfloat16() else torch.float32)
    last, step = arguments.run / "last.pt", 0
    if last.exists():
        saved = torch.load(last)
        net.load_state_dict(saved["network"])
        optimizer.load(saved["optimizer"])
        step = saved["step"]
    parameters = list(net.parameters())
    sums, long_texts, began = np.zeros(4), [], time.time()
    while step < arguments.stop:
        scale = rate_scale(step, arguments)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=has_bfloat16()):
            clips = batch_clips(maker, step, rank, arguments.workers)
            parts = losses(net, clips, step)
        help = max(0.1, 1 - step / FADE_HELP)
        net.zero_grad(set_to_none=True)
        (parts[0] + help * (parts[1] + parts[2] + 0.5 * parts[3])).backward()
        learning = [p for p in parameters if p.grad is not None]
        gradient = torch.cat([p.grad.flatten() for p in learning])
        dist.all_reduce(gradient)
        gradient /= arguments.workers
        norm = float(gradient.norm())
        step += 1
        if np.isfinite(norm):
            gradient *= min(1, 1 / (norm + 1e-6))
            for p, g in zip(learning, gradient.split([p.numel() for p in learning])):
                p.grad.copy_(g.view_as(p))
            optimizer.step(scale)
            net.decoder.pin()
        sums += [float(p) for p in parts]
        if len(clips) < CLIPS_A_STEP // arguments.workers:
            long_texts.append(float(parts[0]))
        if rank == 0:
            if step % 25 == 0:
                pace, began = (time.time() - began) / 25, time.time()
                short = (sums[0] - sum(long_texts)) / max(1, 25 - len(long_texts))
                print(f"{step} {pace:.2f} s/step norm {norm:.1f} text {short:.3f} in long clips {np.mean(long_texts or [0]):.3f} "
                      f"phoneme {sums[1]/25:.3f} piece {sums[2]/25:.3f} attend {sums[3]/25:.3f}", flush=True)
            if step % arguments.save_every == 0 or step == arguments.stop:
                state = {"network": net.state_dict(), "optimizer": optimizer.state(), "step": step, "shape": shape}
                torch.save(state, str(last) + ".part")
                os.replace(str(last) + ".part", last)  # an interrupted save leaves the one before
                if step % KEEP_EVERY == 0:
                    shutil.copy(last, arguments.run / f"step{step}.pt")
        if step % 25 == 0:
            sums[:], long_texts = 0, []


def babble_waves(count=60):
    """A few sentences as waveforms, for the babble among the noises."""
    rng, speaker = random.Random("babble"), Speaker()
    grammars = [sentences.Grammar(language) for language in sentences.LANGUAGES]
    waves = []
    for i in range(count):
        grammar = grammars[i % 2]
        voice, *manner = voices.train_voice(rng, grammar.voices)
        waves.append(features.resample_22050_to_16000(speaker.say(sentences.draw(grammar, rng, False), voice, *manner).samples))
    return waves


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("data")
    parser.add_argument("run", type=Path)
    parser.add_argument("--stop", type=int, required=True)
    parser.add_argument("--cooldown-from", type=int)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--threads", type=int, default=1, help="per worker")
    parser.add_argument("--save-every", type=int, default=250)
    arguments = parser.parse_args()
    arguments.run.mkdir(parents=True, exist_ok=True)
    arguments.meeting = arguments.run.resolve() / f"meeting-{os.getpid()}"
    arguments.babble = babble_waves()
    corpus = Corpus(arguments.data)
    torch.multiprocessing.start_processes(work, (arguments, corpus), arguments.workers, start_method="fork")
