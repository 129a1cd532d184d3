"""Whisper's network (Radford et al. 2022) with OpenAI's tensor names, and the heads that only training uses."""

import math

import torch
from torch import nn
from torch.nn import functional as F

import tokens as t

AUDIO_CTX, TEXT_CTX, MELS = 1500, 448, 80
SOFTENED = 5
"""Ids a target may spread over."""


def sinusoids(length, width):
    step = math.log(10_000) / (width // 2 - 1)
    angle = torch.arange(length)[:, None] * torch.exp(-step * torch.arange(width // 2))[None]
    return torch.cat([angle.sin(), angle.cos()], 1)


class Attention(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.query = nn.Linear(width, width)
        self.key = nn.Linear(width, width, bias=False)
        self.value = nn.Linear(width, width)
        self.out = nn.Linear(width, width)

    def forward(self, x, source=None, mask=None):
        source = x if source is None else source
        batch, length, width = x.shape

        def split(y):
            return y.view(batch, -1, self.heads, width // self.heads).transpose(1, 2)

        q, k, v = split(self.query(x)), split(self.key(source)), split(self.value(source))
        scores = (q * (width // self.heads) ** -0.5) @ k.transpose(-1, -2)
        if mask is not None:
            scores = scores + mask[:length, :length]
        weights = scores.softmax(-1)
        return self.out((weights @ v).transpose(1, 2).reshape(batch, length, width)), weights


class Block(nn.Module):
    def __init__(self, width, heads, cross):
        super().__init__()
        self.attn, self.attn_ln = Attention(width, heads), nn.LayerNorm(width)
        if cross:
            self.cross_attn, self.cross_attn_ln = Attention(width, heads), nn.LayerNorm(width)
        self.mlp = nn.Sequential(nn.Linear(width, 4 * width), nn.GELU(), nn.Linear(4 * width, width))
        self.mlp_ln = nn.LayerNorm(width)

    def forward(self, x, audio=None, mask=None):
        x = x + self.attn(self.attn_ln(x), mask=mask)[0]
        weights = None
        if audio is not None:
            y, weights = self.cross_attn(self.cross_attn_ln(x), audio)
            x = x + y
        return x + self.mlp(self.mlp_ln(x)), weights


def convolve(x, weight, bias, stride):
    """A convolution of three frames as one matrix product: far quicker than torch's own where oneDNN is off."""
    x = F.pad(x, (0, 0, 1, 1))
    length = (x.shape[1] - 3) // stride + 1
    windows = torch.cat([x[:, i:i + (length - 1) * stride + 1:stride] for i in range(3)], -1)
    return F.linear(windows, weight.permute(0, 2, 1).reshape(weight.shape[0], -1), bias)


class Encoder(nn.Module):
    def __init__(self, width, heads, layers, phonemes, pieces):
        super().__init__()
        self.conv1 = nn.Conv1d(MELS, width, 3, padding=1)
        self.conv2 = nn.Conv1d(width, width, 3, stride=2, padding=1)
        self.register_buffer("positional_embedding", sinusoids(AUDIO_CTX, width))
        self.blocks = nn.ModuleList([Block(width, heads, False) for _ in range(layers)])
        self.ln_post = nn.LayerNorm(width)
        self.train_phonemes = nn.Sequential(nn.LayerNorm(width), nn.Linear(width, phonemes))
        self.train_pieces = nn.Linear(width, pieces)

    def forward(self, mel, learn_sounds, first):
        """mel [batch, frames, 80] -> audio [batch, frames / 2, width] and the state half-way up, for the phonemes.
        Without `learn_sounds` no gradient goes below that state. `first` [batch]: the position where each clip starts."""
        half = len(self.blocks) // 2
        with torch.set_grad_enabled(learn_sounds and torch.is_grad_enabled()):
            x = F.gelu(convolve(mel, self.conv1.weight, self.conv1.bias, 1))
            x = F.gelu(convolve(x, self.conv2.weight, self.conv2.bias, 2))
            x = x + F.embedding(first[:, None] + torch.arange(x.shape[1]), self.positional_embedding)
            for block in self.blocks[:half]:
                x, _ = block(x)
        middle = x
        for block in self.blocks[half:]:
            x, _ = block(x)
        return self.ln_post(x), middle


class Decoder(nn.Module):
    """The embedding of a timestamp is a learnt map of the encoder's position signal at that time (both step by 20 ms):
    all 1501 share what one learns."""

    def __init__(self, width, heads, layers, text, special):
        super().__init__()
        self.embedding = nn.Parameter(torch.randn(text + special, width) * width ** -0.5)
        self.timestamp_map = nn.Linear(width, width)
        nn.init.normal_(self.timestamp_map.weight, std=0.3 * width ** -0.5)
        self.register_buffer("clock", sinusoids(t.TIMESTAMPS, width))
        self.positional_embedding = nn.Parameter(torch.randn(TEXT_CTX, width) * 0.01)
        self.blocks = nn.ModuleList([Block(width, heads, True) for _ in range(layers)])
        self.ln = nn.LayerNorm(width)
        self.register_buffer("mask", torch.full((TEXT_CTX, TEXT_CTX), -1e9).triu_(1))
        self.pin()

    def pin(self):
        """The last feature is the constant 1, so that the last column of the embedding is a bias: the export puts
        tokens that were never trained out of reach with it. Kept small, for it shares an 8-bit block's scale."""
        with torch.no_grad():
            self.ln.weight[-1] = 0
            self.ln.bias[-1] = 1
            self.embedding[:, -1].clamp_(-2, 2)

    def token_embedding(self):
        return torch.cat([self.embedding, self.timestamp_map(self.clock)])

    def forward(self, ids, audio, positions):
        """ids and positions [batch, length] -> logits [batch, length, tokens] and each layer's cross-attention."""
        table = self.token_embedding()
        x = F.embedding(ids, table) + F.embedding(positions, self.positional_embedding)
        attention = []
        for block in self.blocks:
            x, weights = block(x, audio, self.mask)
            attention.append(weights)
        with torch.autocast("cpu", enabled=False):
            return self.ln(x.float()) @ table.t(), attention


class Network(nn.Module):
    def __init__(self, shape):
        super().__init__()
        self.shape = shape
        width, heads = shape["width"], shape["heads"]
        self.encoder = Encoder(width, heads, shape["encoder_layers"], shape["phonemes"], shape["text"])
        self.decoder = Decoder(width, heads, shape["decoder_layers"], shape["text"], len(t.SPECIAL))
