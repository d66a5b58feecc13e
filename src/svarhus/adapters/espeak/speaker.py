"""A program of its own that speaks text: espeak-ng behind a pipe.

Run it with the espeak-ng library and its data folder as arguments. It imports nothing but the standard
library. The library is GPL-3.0-or-later and is loaded here, in this process alone.

It reads requests from standard input, each a line of JSON: {"voice", "speed", "pitch", "text"}. To each it
answers on standard output with a header (status, sample rate, length in bytes: three 32-bit little-endian
numbers) and then that many bytes: 16-bit mono samples when the status is 0, else an error text in UTF-8.
It ends when its input does.
"""

import ctypes
import json
import struct
import sys
from typing import BinaryIO

# From espeak-ng's speak_lib.h.
AUDIO_OUTPUT_SYNCHRONOUS = 2
CHARS_UTF8 = 1
POS_CHARACTER = 1
DONT_EXIT = 0x8000
RATE = 1
PITCH = 3
CALLBACK = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)


class Engine:
    """The library, initialised once."""

    def __init__(self, library: str, data: str) -> None:
        self._library = ctypes.CDLL(library)
        self.sample_rate: int = self._library.espeak_Initialize(AUDIO_OUTPUT_SYNCHRONOUS, 0, data.encode(), DONT_EXIT)
        if self.sample_rate <= 0:
            raise RuntimeError(f"espeak-ng finds no data in {data}")
        self._sound = bytearray()
        self._callback = CALLBACK(self._more)
        self._library.espeak_SetSynthCallback(self._callback)

    def speak(self, text: str, voice: str, speed: int, pitch: int) -> bytes:
        """The text as 16-bit samples. RuntimeError when the engine refuses."""
        self._sound = bytearray()
        if self._library.espeak_SetVoiceByName(voice.encode()) != 0:
            raise RuntimeError(f"espeak-ng has no voice {voice}")
        self._library.espeak_SetParameter(RATE, speed, 0)
        self._library.espeak_SetParameter(PITCH, pitch, 0)
        encoded = text.encode("utf-8", "replace") + b"\0"
        status = self._library.espeak_Synth(
            encoded, ctypes.c_size_t(len(encoded)), 0, POS_CHARACTER, 0, CHARS_UTF8, None, None
        )
        if status != 0:
            raise RuntimeError(f"espeak-ng refuses the text (status {status})")
        return bytes(self._sound)

    def _more(self, samples: "ctypes._Pointer[ctypes.c_short]", count: int, _events: int | None) -> int:
        if samples and count > 0:
            self._sound += ctypes.string_at(samples, count * 2)
        return 0


def serve(engine: Engine, requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer requests until there are no more."""
    for line in requests:
        try:
            request = json.loads(line)
            status, answer = (
                0,
                engine.speak(request["text"], request["voice"], request["speed"], request["pitch"]),
            )
        except (RuntimeError, ValueError, KeyError, TypeError) as error:
            status, answer = 1, str(error).encode()
        answers.write(struct.pack("<III", status, engine.sample_rate, len(answer)) + answer)
        answers.flush()


if __name__ == "__main__":
    serve(Engine(sys.argv[1], sys.argv[2]), sys.stdin.buffer, sys.stdout.buffer)
