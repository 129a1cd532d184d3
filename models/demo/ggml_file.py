"""Reads a whisper.cpp ggml file back (f32, f16, q8_0) and runs it: the evaluation judges the file, not the checkpoint."""

import struct

import numpy as np
import torch
from torch.nn import functional as F

import features
import tokens as t
from network import convolve

_NAMES = "vocab audio_ctx audio_state audio_head audio_layer text_ctx text_state text_head text_layer mels ftype".split()


class _Reader:
    def __init__(self, data):
        self.data, self.at = data, 0

    def ints(self, count):
        values = struct.unpack_from(f"<{count}i", self.data, self.at)
        self.at += 4 * count
        return values

    def take(self, count):
        self.at += count
        return self.data[self.at - count:self.at]


def _array(reader, shape, kind):
    count = int(np.prod(shape))
    if kind == 0:
        flat = np.frombuffer(reader.take(4 * count), "<f4")
    elif kind == 1:
        flat = np.frombuffer(reader.take(2 * count), "<f2").astype(np.float32)
    elif kind == 8:
        blocks = np.frombuffer(reader.take(count // 32 * 34), np.dtype([("scale", "<f2"), ("values", "i1", 32)]))
        flat = (blocks["scale"].astype(np.float32)[:, None] * blocks["values"]).reshape(-1)
    else:
        raise ValueError(f"tensor type {kind}: f32 (0), f16 (1) and q8_0 (8) are read")
    return torch.from_numpy(flat.reshape(shape).copy())


class WhisperFile:
    def __init__(self, path):
        with open(path, "rb") as file:
            reader = _Reader(file.read())
        (magic,) = reader.ints(1)
        if magic != 0x67676D6C:
            raise ValueError(f"{path} is not a ggml file")
        self.size = dict(zip(_NAMES, reader.ints(11)))
        filters = reader.ints(2)
        self.filters = np.frombuffer(reader.take(4 * filters[0] * filters[1]), "<f4").reshape(filters)
        self.vocabulary = [reader.take(reader.ints(1)[0]) for _ in range(reader.ints(1)[0])]
        self.w = {}
        while reader.at < len(reader.data):
            dims, length, kind = reader.ints(3)
            shape = reader.ints(dims)[::-1]
            name = reader.take(length).decode()
            self.w[name] = _array(reader, shape, kind)
        # Rows far out of reach are never said: leave them out of the sums.
        table = self.w["decoder.token_embedding.weight"]
        self.reachable = torch.nonzero(table[:, -1] > -30)[:, 0]
        self.column = {int(id): i for i, id in enumerate(self.reachable)}
        self.output = table[self.reachable]

    # --- the network ---

    def _linear(self, name, x):
        return F.linear(x, self.w[name + ".weight"], self.w.get(name + ".bias"))

    def _norm(self, name, x):
        return F.layer_norm(x, x.shape[-1:], self.w[name + ".weight"], self.w[name + ".bias"])

    def _attend(self, name, x, keys, values, heads, mask=None):
        batch, length, width = x.shape
        size = width // heads
        q, k, v = (y.view(batch, -1, heads, size).transpose(1, 2) for y in (self._linear(name + ".query", x), keys, values))
        scores = q @ k.transpose(-1, -2) * size ** -0.5
        if mask is not None:
            scores = scores + mask
        return self._linear(name + ".out", (scores.softmax(-1) @ v).transpose(1, 2).reshape(batch, length, width))

    def _feed_forward(self, name, x):
        y = self._norm(name + ".mlp_ln", x)
        return x + self._linear(name + ".mlp.2", F.gelu(self._linear(name + ".mlp.0", y)))

    def encode(self, mel):
        """mel [batch, 80, frames] -> [batch, frames / 2, width]."""
        w = self.w
        x = F.gelu(convolve(mel.transpose(1, 2), w["encoder.conv1.weight"], w["encoder.conv1.bias"].flatten(), 1))
        x = F.gelu(convolve(x, w["encoder.conv2.weight"], w["encoder.conv2.bias"].flatten(), 2))
        x = x + w["encoder.positional_embedding"][: x.shape[1]]
        for i in range(self.size["audio_layer"]):
            name = f"encoder.blocks.{i}"
            y = self._norm(name + ".attn_ln", x)
            keys, values = self._linear(name + ".attn.key", y), self._linear(name + ".attn.value", y)
            x = x + self._attend(name + ".attn", y, keys, values, self.size["audio_head"])
            x = self._feed_forward(name, x)
        return self._norm("encoder.ln_post", x)

    def cross(self, audio):
        """Keys and values of the audio for each decoder layer."""
        names = [f"decoder.blocks.{i}.cross_attn" for i in range(self.size["text_layer"])]
        return [(self._linear(n + ".key", audio), self._linear(n + ".value", audio)) for n in names]

    def next_logits(self, ids, cross, cache):
        """ids [batch, new] after those of which `cache` (layer: keys, values) knows -> logits of what follows, over the reachable tokens."""
        heads, past = self.size["text_head"], cache[0][0].shape[1] if cache else 0
        length = past + ids.shape[1]
        x = self.w["decoder.token_embedding.weight"][ids] + self.w["decoder.positional_embedding"][past:length]
        mask = torch.full((ids.shape[1], length), float("-inf")).triu_(past + 1)
        for i in range(self.size["text_layer"]):
            name = f"decoder.blocks.{i}"
            y = self._norm(name + ".attn_ln", x)
            new = self._linear(name + ".attn.key", y), self._linear(name + ".attn.value", y)
            cache[i] = tuple(torch.cat(pair, 1) for pair in zip(cache[i], new)) if past else new
            x = x + self._attend(name + ".attn", y, *cache[i], heads, mask)
            x = x + self._attend(name + ".cross_attn", self._norm(name + ".cross_attn_ln", x), *cross[i], heads)
            x = self._feed_forward(name, x)
        return self._norm("decoder.ln", x[:, -1]) @ self.output.t()

    # --- greedy decoding by whisper's rules ---

    def mel(self, samples, context):
        """[80, 2 x context], as whisper scales it."""
        padded = np.zeros(context * 2 * features.HOP, np.float32)
        padded[: len(samples)] = samples[: len(padded)]
        mel = features.log_power(padded)
        mel = np.maximum(mel, mel.max() - 8)
        return torch.from_numpy(((mel + 4) / 4).T.copy())

    def detect(self, cross, batch):
        logits = self.next_logits(torch.full((batch, 1), t.SOT), cross, {})
        english, spanish = self.column[t.EN], self.column[t.ES]
        return ["en" if e > s else "es" for e, s in logits[:, [english, spanish]].tolist()]

    def transcribe(self, mels, languages=None, timestamps=True):
        """[(language, ids)] for a batch of mels of one length."""
        cross = self.cross(self.encode(torch.stack(mels)))
        heard = self.detect(cross, len(mels))
        limit = 30 + mels[0].shape[1] // 16  # more tokens than speech of that length has: ends a loop
        prompt = [[t.SOT, t.LANGUAGE[language], t.TRANSCRIBE] + ([] if timestamps else [t.NO_TIMESTAMPS])
                  for language in languages or heard]
        new, cache = torch.tensor(prompt), {}
        said = new[:, :0]
        reach = self.reachable
        never = (reach >= t.SOT) & (reach < t.TIMESTAMP_0)
        is_time = reach >= t.TIMESTAMP_0
        blank = (reach == t.EOT) | torch.tensor([id < len(self.vocabulary) and self.vocabulary[id] == b" " for id in reach.tolist()])
        done = torch.zeros(len(mels), dtype=torch.bool)
        for step in range(limit):
            logits = self.next_logits(new, cross, cache)
            logits[:, never] = float("-inf")
            if step == 0:
                logits[:, blank] = float("-inf")
                logits[:, reach > t.TIMESTAMP_0 + 50] = float("-inf")
            if timestamps:
                self._apply_timestamp_rules(logits, said, is_time)
            else:
                logits[:, is_time] = float("-inf")
            next = reach[logits.argmax(-1)]
            next[done] = t.EOT
            done |= next == t.EOT
            new = next[:, None]
            said = torch.cat([said, new], 1)
            if done.all():
                break
        return [(language, [id for id in row if id != t.EOT]) for language, row in zip(heard, said.tolist())]

    def _apply_timestamp_rules(self, logits, said, is_time):
        """Timestamps come in pairs, never go back, and win when together they outweigh any text (OpenAI's decoding.py)."""
        for row, ids in enumerate(said.tolist()):
            if ids and ids[-1] >= t.TIMESTAMP_0:
                if len(ids) < 2 or ids[-2] >= t.TIMESTAMP_0:
                    logits[row, is_time] = float("-inf")
                else:
                    logits[row, self.reachable < t.EOT] = float("-inf")
            times = [id for id in ids if id >= t.TIMESTAMP_0]
            if times:
                logits[row, is_time & (self.reachable < times[-1])] = float("-inf")
        if not said.shape[1] or (said[:, -1] < t.TIMESTAMP_0).any():
            together = logits[:, is_time].logsumexp(-1)
            wins = together > logits[:, self.reachable < t.EOT].max(-1).values
            for row in torch.nonzero(wins)[:, 0].tolist():
                logits[row, ~is_time] = float("-inf")

    def text(self, ids):
        return b"".join(self.vocabulary[id] for id in ids if id < min(t.EOT, len(self.vocabulary))).decode("utf-8", "replace").strip()

    def segments(self, ids):
        """[(start, end, text)] in seconds."""
        found, start, words = [], None, []
        for id in ids:
            if id < t.EOT:
                words.append(id)
            elif words:
                found.append((start or 0.0, (id - t.TIMESTAMP_0) * 0.02, self.text(words)))
                start, words = None, []
            else:
                start = (id - t.TIMESTAMP_0) * 0.02
        return found + ([(start or 0.0, 30.0, self.text(words))] if words else [])
