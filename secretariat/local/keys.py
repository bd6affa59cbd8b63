"""The secrets of one private office, made once and kept beside its data. Standard library only."""

import base64
import json
import os
import secrets
from dataclasses import asdict, dataclass, field
from pathlib import Path


def _hex(prefix: str):
    return field(default_factory=lambda: prefix + secrets.token_hex(16))


def _word():
    return field(default_factory=lambda: secrets.token_urlsafe(24))


def _push_key() -> str:
    """A private key of P-256: any number below its order, which begins with a byte of ones."""
    number = bytes([secrets.randbelow(255)]) + secrets.token_bytes(31)
    return base64.urlsafe_b64encode(number).decode().rstrip("=")


@dataclass(frozen=True)
class Keys:
    """Everything that production would ask of whoever runs it."""

    secret_key: str = field(default_factory=lambda: secrets.token_urlsafe(48))
    owner_password: str = _word()
    app_password: str = _word()
    account_sid: str = _hex("AC")
    auth_token: str = field(default_factory=lambda: secrets.token_hex(16))
    api_key_sid: str = _hex("SK")
    api_key_secret: str = _word()
    twiml_app_sid: str = _hex("AP")
    anymail_webhook_secret: str = field(default_factory=lambda: f"anymail:{secrets.token_urlsafe(16)}")
    vault_key: str = field(default_factory=lambda: base64.b64encode(secrets.token_bytes(32)).decode())
    metrics_token: str = _word()
    push_key: str = field(default_factory=_push_key)
    lob_api_key: str = _hex("test_")
    lob_webhook_secret: str = _word()

    @classmethod
    def kept(cls, path: Path) -> "Keys":
        """Those kept at `path`, or new ones, kept there for the next start."""
        if path.exists():
            told = json.loads(path.read_text())
            keys = cls(**told)
            if asdict(keys) != told:  # one that an earlier release did not have
                write_privately(path, asdict(keys))
            return keys
        keys = cls()
        write_privately(path, asdict(keys))
        return keys


def write_privately(path: Path, content: dict) -> None:
    """Write JSON that only this user can read, whole or not at all."""
    unfinished = path.with_name(f"{path.name}.new")
    unfinished.unlink(missing_ok=True)
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(content, file, indent=2)
    unfinished.replace(path)
