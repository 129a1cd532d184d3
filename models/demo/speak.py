"""espeak-ng through its C library, for what the command does not tell: when each word and each phoneme is spoken."""

import ctypes
import ctypes.util
from dataclasses import dataclass

import numpy as np

RATE = 22_050
_WORD, _PHONEME = 1, 7
_RATE_PARAMETER, _PITCH_PARAMETER, _RANGE_PARAMETER, _GAP_PARAMETER = 1, 3, 4, 7


class _Id(ctypes.Union):
    _fields_ = [("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8)]


class _Event(ctypes.Structure):
    _fields_ = [("type", ctypes.c_int), ("unique_identifier", ctypes.c_uint), ("text_position", ctypes.c_int),
                ("length", ctypes.c_int), ("audio_position", ctypes.c_int), ("sample", ctypes.c_int),
                ("user_data", ctypes.c_void_p), ("id", _Id)]


@dataclass
class Speech:
    samples: np.ndarray
    """float32 at 22,050 Hz."""
    words: list
    """(first sample, offset of the word in the text) for each word that espeak-ng marks."""
    phonemes: list
    """(first sample, name)."""


class Speaker:
    """One per process: the library keeps global state."""

    def __init__(self):
        self._library = ctypes.CDLL("libespeak-ng.so.1")
        synchronous, phoneme_events = 2, 1
        rate = self._library.espeak_Initialize(synchronous, 0, None, phoneme_events)
        if rate != RATE:
            raise RuntimeError(f"espeak-ng speaks at {rate} Hz; {RATE} was expected")
        kind = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event))
        self._callback = kind(self._receive)
        self._library.espeak_SetSynthCallback(self._callback)

    def _receive(self, wave, count, events):
        if wave and count:
            self._pcm.append(ctypes.string_at(wave, count * 2))
        i = 0
        while events[i].type:
            event = events[i]
            if event.type == _WORD:
                self._words.append((event.sample, event.text_position - 1))
            elif event.type == _PHONEME:
                self._phonemes.append((event.sample, event.id.string.decode("utf-8", "replace")))
            i += 1
        return 0

    def say(self, text, voice, words_per_minute, pitch, pitch_range, gap=0):
        self._pcm, self._words, self._phonemes = [], [], []
        if self._library.espeak_SetVoiceByName(voice.encode()) != 0:
            raise ValueError(f"espeak-ng has no voice {voice}")
        for parameter, value in ((_RATE_PARAMETER, words_per_minute), (_PITCH_PARAMETER, pitch),
                                 (_RANGE_PARAMETER, pitch_range), (_GAP_PARAMETER, gap)):
            self._library.espeak_SetParameter(parameter, value, 0)
        data = text.encode()
        utf8 = 1
        self._library.espeak_Synth(data, len(data) + 1, 0, 0, 0, utf8, None, None)
        samples = np.frombuffer(b"".join(self._pcm), np.int16).astype(np.float32) / 32768
        return Speech(samples, self._words, self._phonemes)
