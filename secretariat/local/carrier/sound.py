"""Sound made up on the spot, so that every recording can really be played."""

import math
import struct
from functools import lru_cache

RATE = 8000
TONE = 440.0
LONGEST = 600  # seconds of sound made; a longer recording stops being audible here

# One frame of MPEG-2 layer III: 8 kbit/s, 16 kHz, mono, no side information. 36 bytes, 36 ms, silence.
_MP3_FRAME = bytes((0xFF, 0xF3, 0x18, 0xC4)) + bytes(32)
_MP3_FRAME_SECONDS = 576 / 16000


@lru_cache(maxsize=8)
def wav(seconds: int, channels: int = 1) -> bytes:
    """A soft tone as 8 kHz 16-bit PCM."""
    count = RATE * min(seconds, LONGEST)
    period = bytearray()
    for i in range(RATE):
        period += struct.pack("<h", int(3000 * math.sin(2 * math.pi * TONE * i / RATE))) * channels
    sound = (bytes(period) * (count // RATE + 1))[: count * 2 * channels]
    header = struct.pack(
        "<4sI4s4sIHHIIHH4sI",
        b"RIFF",
        36 + len(sound),
        b"WAVE",
        b"fmt ",
        16,
        1,
        channels,
        RATE,
        RATE * 2 * channels,
        2 * channels,
        16,
        b"data",
        len(sound),
    )
    return header + sound


@lru_cache(maxsize=8)
def mp3(seconds: int) -> bytes:
    """A valid MP3 of the same length. It is silent: a tone would take an encoder."""
    return _MP3_FRAME * math.ceil(min(seconds, LONGEST) / _MP3_FRAME_SECONDS)
