"""One request to a service and its answer, without any network."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

Now = Callable[[], datetime]


@dataclass(frozen=True)
class Request:
    """`host` and `path` as the real service has them; `prefix` stands before, where it is played."""

    method: str
    prefix: str
    host: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]  # lower case
    content: bytes = b""

    @classmethod
    def of(cls, method: str, url: str, headers: Mapping[str, str], content: bytes | None) -> "Request":
        parts = urlsplit(url)
        prefix, host, path = "", parts.hostname or "", parts.path
        for segment in parts.path.split("/"):
            if "." in segment and segment.endswith(".com"):  # …/google/www.googleapis.com/calendar/v3/…
                before, path = parts.path.split(f"/{segment}", 1)
                prefix, host = f"{parts.scheme}://{parts.netloc}{before}", segment
                break
        return cls(
            method,
            prefix,
            host,
            path,
            dict(parse_qsl(parts.query, keep_blank_values=True)),
            {name.lower(): value for name, value in headers.items()},
            content or b"",
        )

    @property
    def segments(self) -> list[str]:
        return [unquote(each) for each in self.path.strip("/").split("/")]

    @property
    def told(self) -> dict[str, Any]:
        return json.loads(self.content) if self.content else {}

    @property
    def form(self) -> dict[str, str]:
        return dict(parse_qsl(self.content.decode(), keep_blank_values=True))

    @property
    def bearer(self) -> str:
        return self.headers.get("authorization", "").removeprefix("Bearer ")

    def address(self, path: str) -> str:
        """An address of this service as it tells its own: below the prefix, where it is played here."""
        return f"{self.prefix}/{self.host}{path}" if self.prefix else f"https://{self.host}{path}"


@dataclass(frozen=True)
class Reply:
    status: int
    told: Mapping[str, Any] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def content(self) -> bytes:
        return b"" if self.told is None else json.dumps(self.told).encode()


@dataclass(frozen=True)
class Notice:
    """Something a service posts to an address of ours."""

    address: str
    headers: Mapping[str, str]
    content: bytes = b""
