"""Pages for the look of things, in the one Chromium of the test process."""

from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import django_htmx
import pytest

HTMX = Path(django_htmx.__file__).parent / "static" / "django_htmx"


class Desk:
    """A page with our scripts and no office behind it: `answers` says what each address returns."""

    def __init__(self, page, scripts: Path):
        self.page = page
        self.scripts = scripts
        self.answers: dict[str, object] = {}
        self.asked: list[tuple[str, str, str]] = []
        self.troubles: list[str] = []
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.context.route("https://desk.example/**", self._answer)

    def open(self, body: str, *scripts: str, data: str = "", page=None) -> None:
        tags = "".join(f'<script src="/static/{name}" defer></script>' for name in scripts)
        self.answers["/"] = (
            f"<!doctype html><html lang='en'><head><title>Desk</title>{tags}</head><body {data}>{body}"
            '<div id="alert" role="alert"></div></body></html>'
        )
        (page or self.page).goto("https://desk.example/")

    def _answer(self, route) -> None:
        request = route.request
        path = urlsplit(request.url).path
        self.asked.append((request.method, path, request.post_data or ""))
        answer = self.answers.get(path)
        if path.startswith("/static/"):
            name = path.rpartition("/")[2]
            folder = HTMX if name.startswith("htmx") else self.scripts
            route.fulfill(path=folder / name, content_type="text/javascript")
        elif answer is None:
            route.fulfill(status=404)
        elif callable(answer):
            answer(route)
        else:
            route.fulfill(body=answer, content_type="text/html")

    def posts(self, path: str) -> list[dict[str, str]]:
        """What was posted to `path`, oldest first."""
        return [dict(parse_qsl(data)) for method, at, data in self.asked if (method, at) == ("POST", path)]


@pytest.fixture
def desk(chrome, settings):
    context = chrome.new_context()
    made = Desk(context.new_page(), Path(settings.BASE_DIR) / "static" / "js")
    yield made
    context.close()
    assert made.troubles == []
