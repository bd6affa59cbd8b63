"""What kind of sound a file holds, told by its first bytes and never by its name. Pure."""

LOOK = 16  # bytes that have to be looked at

# What it is served as, and how its file ends.
MP3, M4A = ("audio/mpeg", "mp3"), ("audio/mp4", "m4a")
OGG, WAV, WEBM = ("audio/ogg", "ogg"), ("audio/wav", "wav"), ("audio/webm", "webm")


def kind_of(head: bytes) -> tuple[str, str] | None:
    """(content type, ending) of a recording that begins with `head`; None for anything else."""
    if head.startswith(b"RIFF") and head[8:12] == b"WAVE":
        return WAV
    if head.startswith(b"OggS"):
        return OGG
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return WEBM
    if head[4:8] == b"ftyp":
        return M4A
    # A tag, or the first frame of layer III.
    is_frame = len(head) > 1 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2
    return MP3 if head.startswith(b"ID3") or is_frame else None
