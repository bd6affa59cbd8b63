"""What kind of picture a file holds, told by its first bytes and never by its name. Pure."""

LOOK = 12  # bytes that have to be looked at
JPEG, PNG, WEBP = ("image/jpeg", "jpg"), ("image/png", "png"), ("image/webp", "webp")


def kind_of(head: bytes) -> tuple[str, str] | None:
    """(content type, ending) of a picture that begins with `head`; None for anything else."""
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return WEBP
    return None
