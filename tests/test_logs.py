import json
import logging

import pytest
from django.contrib.auth import get_user_model

from secretariat import logs
from secretariat.live import hint

SECRET = "ngozi.okafor@example.com"


@pytest.fixture
def lines():
    """What the log says, a dictionary a line."""
    said = []

    class Kept(logging.Handler):
        def emit(self, record):
            said.append(json.loads(self.format(record)))

    handler = Kept()
    handler.setFormatter(logs.Line())
    logging.getLogger().addHandler(handler)
    level = logs.logger.level
    logs.logger.setLevel("INFO")
    yield said
    logs.logger.setLevel(level)
    logging.getLogger().removeHandler(handler)


def of_requests(lines):
    return [line for line in lines if line["message"] == "request"]


@pytest.mark.django_db
def test_a_request_is_one_line_with_the_pattern_of_its_address(client, lines):
    ana = get_user_model().objects.create(email=SECRET)
    client.force_login(ana)
    client.get("/media/01890000-0000-7000-8000-000000000001/", {"q": SECRET})
    (line,) = of_requests(lines)
    assert line["route"] == "/media/<uuid:file_id>/"
    assert (line["method"], line["status"], line["user"]) == ("GET", 404, str(ana.pk))
    assert line["ms"] >= 0
    assert SECRET not in json.dumps(lines)
    assert "01890000" not in json.dumps(lines)


@pytest.mark.django_db
def test_an_address_that_is_none_has_no_pattern(client, lines):
    client.get(f"/nowhere/{SECRET}/")
    (line,) = of_requests(lines)
    assert (line["status"], line["route"]) == (404, "")
    assert SECRET not in json.dumps(lines)


@pytest.mark.django_db
def test_a_view_that_falls_is_named_with_its_place(client, lines, monkeypatch):
    def fall(*_):
        raise ValueError(f"no such person: {SECRET}")

    monkeypatch.setattr(hint, "redis_answers", fall)
    client.raise_request_exception = False
    assert client.get("/readyz").status_code == 500
    (line,) = [line for line in lines if "fault" in line]
    assert (line["fault"], line["at"][-1].split(":")[0]) == ("ValueError", "tests/test_logs.py")
    assert line["request_id"] == of_requests(lines)[0]["request_id"]
    assert SECRET not in json.dumps(lines)


def test_the_answer_names_its_request(client, lines):
    answer = client.get("/healthz")
    assert of_requests(lines)[0]["request_id"] == answer["X-Request-ID"]


@pytest.mark.parametrize(
    ("given", "kept"), [("0123456789abcdef", True), ("short", False), ("with space and more", False)]
)
def test_the_proxys_name_for_a_request_is_kept_if_it_is_one(client, given, kept):
    answer = client.get("/healthz", headers={"X-Request-ID": given})
    assert (answer["X-Request-ID"] == given) is kept


def test_a_fault_is_named_by_class_and_place_without_its_words(lines):
    def stumble():
        raise ValueError(f"no such person: {SECRET}")

    try:
        stumble()
    except ValueError:
        logging.getLogger("calls.routing").exception("round failed")
    (line,) = lines
    assert line["fault"] == "ValueError"
    assert line["at"][-1].startswith("tests/test_logs.py:")
    assert line["at"][-1].endswith(" stumble")
    assert SECRET not in json.dumps(lines)


@pytest.mark.parametrize(
    ("message", "args", "said"),
    [
        ("could not send to %s", (SECRET,), "could not send to %s"),
        (f"sent to {SECRET}", (), "said by a library"),
    ],
)
def test_what_a_library_fills_in_is_left_out(lines, message, args, said):
    logging.getLogger("library").warning(message, *args)
    assert [line["message"] for line in lines] == [said]


def test_our_own_lines_carry_their_facts(lines):
    logging.getLogger("calls").warning("leg lost", extra={"leg": "01890000", "where": {"deep": SECRET}})
    (line,) = lines
    assert (line["message"], line["leg"], line["level"], line["logger"]) == (
        "leg lost",
        "01890000",
        "warning",
        "calls",
    )
    assert "where" not in line


def test_outside_a_request_a_line_belongs_to_none(lines):
    logging.getLogger("calls").warning("leg lost")
    assert "request_id" not in lines[0]
