"""Writes a checkpoint as a whisper.cpp ggml file: `export.py CHECKPOINT OUT.bin`.

Weight matrices are q8_0 (blocks of 32: a float16 scale and 32 signed bytes), convolution kernels float16, all else
float32, as whisper.cpp's loader expects of an ftype of q8_0. Vocabulary and mel filters are the recipe's own.
"""

import struct
import sys

import numpy as np
import torch

import features
import tokens as t
from network import AUDIO_CTX, TEXT_CTX
from tokens import Tokens

MAGIC = 0x67676D6C
FTYPE = 2 * 1000 + 7
"""Quantization format version 2, mostly q8_0."""
F32, F16, Q8_0 = 0, 1, 8
OUT_OF_REACH = -60.0
"""The bias of tokens that were never trained."""


def q8_0(a):
    blocks = a.astype(np.float32).reshape(-1, 32)
    scale = np.abs(blocks).max(1, keepdims=True) / 127
    inverse = np.divide(1, scale, out=np.zeros_like(scale), where=scale > 0)
    packed = np.empty(len(blocks), np.dtype([("scale", "<f2"), ("values", "i1", 32)]))
    packed["scale"] = scale[:, 0]
    packed["values"] = np.rint(blocks * inverse)
    return packed.tobytes()


def full_embedding(table, vocabulary):
    """[51865, width]: trained rows at the file's ids, all others out of reach by the last column, which is a bias."""
    rows = np.zeros((t.N_VOCAB, table.shape[1]), np.float32)
    rows[:, -1] = OUT_OF_REACH
    for id in range(vocabulary.count):
        rows[vocabulary.file_id(id)] = table[id]
    return rows


def file_tensors(state, vocabulary):
    """(name, array, type) in the file's naming; the training's own heads and the timestamp map stay behind."""
    table = torch.cat([state["decoder.embedding"],
                       state["decoder.clock"] @ state["decoder.timestamp_map.weight"].t() + state["decoder.timestamp_map.bias"]])
    yield "decoder.token_embedding.weight", full_embedding(table.numpy(), vocabulary), Q8_0
    own = ("decoder.embedding", "decoder.clock", "decoder.mask", "decoder.timestamp_map", "encoder.train_")
    for name, value in state.items():
        if name.startswith(own):
            continue
        array = value.numpy()
        if name in ("encoder.conv1.bias", "encoder.conv2.bias"):
            yield name, array.reshape(-1, 1), F32
        elif array.ndim == 3:
            yield name, array, F16
        else:
            yield name, array, Q8_0 if array.ndim == 2 and "positional" not in name else F32


def write(state, shape, out):
    vocabulary = Tokens()
    encode = {F32: lambda a: a.astype("<f4").tobytes(), F16: lambda a: a.astype("<f2").tobytes(), Q8_0: q8_0}
    with open(out, "wb") as file:
        file.write(struct.pack("<I", MAGIC))
        file.write(struct.pack("<11i", t.N_VOCAB, AUDIO_CTX, shape["width"], shape["heads"], shape["encoder_layers"],
                               TEXT_CTX, shape["width"], shape["heads"], shape["decoder_layers"], features.MELS, FTYPE))
        file.write(struct.pack("<2i", *features.FILTERS.shape) + features.FILTERS.astype("<f4").tobytes())
        words = vocabulary.file_vocabulary()
        file.write(struct.pack("<i", len(words)))
        for word in words:
            file.write(struct.pack("<i", len(word)) + word)
        for name, array, kind in file_tensors(state, vocabulary):
            encoded = name.encode()
            file.write(struct.pack("<3i", array.ndim, len(encoded), kind))
            file.write(struct.pack(f"<{array.ndim}i", *array.shape[::-1]) + encoded + encode[kind](array))


if __name__ == "__main__":
    saved = torch.load(sys.argv[1], map_location="cpu")
    write(saved["network"], saved["shape"], sys.argv[2])
    print(f"step {saved['step']}")
