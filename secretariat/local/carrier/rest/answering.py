"""REST answers: bodies, pages, errors."""

import json
from dataclasses import dataclass, field

MESSAGES = {
    20003: "Authenticate",
    20404: "The requested resource was not found",
    20429: "Too Many Requests",
    20500: "An internal server error has occurred",
}


@dataclass(frozen=True)
class RestAnswer:
    """An answer and how chaos wants it to travel: `slow_seconds` late, only after the webhooks it caused."""

    status: int
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "application/json"})
    slow_seconds: float = 0.0
    after_postings: bool = False


class RestError(Exception):
    """A refusal with the HTTP status and the vendor's code."""

    def __init__(self, status: int, code: int, message: str = ""):
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message or MESSAGES.get(code, "Bad request")

    def answer(self) -> RestAnswer:
        about = {
            "code": self.code,
            "message": self.message,
            "more_info": f"https://www.twilio.com/docs/errors/{self.code}",
            "status": self.status,
        }
        return as_json(self.status, about)


def not_found(what: str = "") -> RestError:
    return RestError(404, 20404, f"The requested resource {what} was not found".replace("  ", " "))


def as_json(status: int, content) -> RestAnswer:
    return RestAnswer(status, json.dumps(content).encode())


def page(path: str, name: str, rows: list[dict], query: dict[str, str]) -> dict:
    """The envelope of a list: one page of `rows` and the addresses of its neighbours."""
    size = min(1000, max(1, int(query.get("PageSize", 50))))
    number = max(0, int(query.get("Page", 0)))
    start = number * size
    shown = rows[start : start + size]

    def address(page_number: int) -> str:
        return f"{path}?PageSize={size}&Page={page_number}"

    more = start + size < len(rows)
    return {
        name: shown,
        "end": start + len(shown) - 1 if shown else start,
        "first_page_uri": address(0),
        "next_page_uri": address(number + 1) + f"&PageToken=PT{number + 1}" if more else None,
        "page": number,
        "page_size": size,
        "previous_page_uri": address(number - 1) if number else None,
        "start": start,
        "uri": address(number),
    }
