"""The simulator against the vendor's tables: what it serves, what it says, and what it lets through."""

import json
from pathlib import Path

import pytest

from secretariat.local.carrier import tables, twiml_rules
from secretariat.local.carrier.documents import read
from secretariat.local.carrier.rest.registry import OPERATIONS
from secretariat.local.carrier.twiml_rules import (
    CONFERENCE_WAIT,
    HOLD,
    MAIN,
    QUEUE_GREETING,
    QUEUE_WAIT,
    SCREEN,
)


def faults(inside, context=MAIN, language="voice"):
    document = read(f"<Response>{inside}</Response>")
    return [complaint for _, complaint in twiml_rules.faults(document.root, context, language)]


def test_the_element_table_is_what_the_installed_package_says():
    kept = json.loads((Path(tables.__file__).parent / "twiml.json").read_text())
    assert kept == json.loads(json.dumps(tables.twiml()))


def test_every_operation_served_is_in_the_vendors_table():
    assert set(OPERATIONS) <= set(tables.api())


def test_the_api_table_is_drawn_from_a_description():
    description = {
        "info": {"version": "1"},
        "components": {"schemas": {"call": {"properties": {"sid": {}, "status": {}}}}},
        "paths": {tables.ROOT + path: {} for path in tables.SERVED},
    }
    description["paths"][tables.ROOT + "/Calls.json"] = {
        "post": {
            "requestBody": {
                "content": {
                    "application/x-www-form-urlencoded": {
                        "schema": {
                            "properties": {
                                "To": {"type": "string"},
                                "Method": {"type": "string", "enum": ["GET", "POST"]},
                                "Events": {"type": "array", "items": {"type": "string"}},
                            },
                            "required": ["To"],
                        }
                    }
                }
            },
            "responses": {
                "201": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/call"}}}}
            },
        }
    }
    assert tables.Reader(description).table()["operations"] == {
        "POST /Calls.json": {
            "parameters": {
                "To": {"required": True},
                "Method": {"enum": ["GET", "POST"]},
                "Events": {"list": True},
            },
            "status": 201,
            "fields": ["sid", "status"],
        }
    }


def test_every_parameter_the_simulator_reads_exists_at_the_vendor():
    """A name read by mistake would always be absent, and nobody would notice."""
    known = {name for table in tables.api().values() for name in (table.get("parameters") or {})}
    known |= {name for table in tables.api().values() for name in (table.get("query") or {})}
    folder = Path(tables.__file__).parent / "rest"
    read_names = set()
    for module in folder.glob("*.py"):
        if module.name in ("answering.py", "parameters.py", "router.py", "registry.py", "shapes.py"):
            continue
        for word in ("text", "truth", "words", "number"):
            for reader in ("given", "asked"):
                parts = module.read_text().split(f'{reader}.{word}("')[1:]
                read_names |= {part.partition('"')[0] for part in parts}
    assert len(read_names) > 40
    assert read_names <= known


@pytest.mark.parametrize(
    "inside",
    [
        '<Dial action="/a/"><Number url="/screen/" statusCallbackEvent="ringing answered">+1</Number></Dial>',
        '<Dial><Client clientNotificationUrl="/x/"><Identity>sec_1</Identity></Client></Dial>',
        '<Dial><Client>sec_1<Parameter name="a" value="b"/></Client></Dial>',
        '<Gather numDigits="1" input="dtmf speech"><Say voice="alice">One</Say><Pause/></Gather><Hangup/>',
        '<Start><Recording recordingStatusCallback="https://x/y"/></Start>',
        '<Enqueue waitUrl="/w/" action="/a/">q</Enqueue>',
        '<Say>Mr <emphasis level="strong">Lopes</emphasis> is <break time="1s"/> out</Say>',
        '<Dial><Conference beep="onEnter" record="record-from-start">r</Conference></Dial>',
    ],
)
def test_sound_documents_pass(inside):
    assert faults(inside) == []


@pytest.mark.parametrize(
    ("inside", "complaint"),
    [
        ("<Dial><Say>x</Say></Dial>", "<Say> does not belong in <Dial>"),
        ("<Response/>", "<Response> does not belong in <Response>"),
        ('<Gather timeuot="3"/>', "no attribute timeuot"),
        ("<Hangup>now</Hangup>", "holds no text"),
        ('<Hangup><Parameter name="a"/></Hangup>', "<Parameter> does not belong in <Hangup>"),
        ('<Dial record="yes"><Conference>r</Conference></Dial>', "<Dial record> cannot be 'yes'"),
        ('<Dial><Conference beep="no">r</Conference></Dial>', "<Conference beep> cannot be 'no'"),
        ('<Redirect method="PUT">/x/</Redirect>', "<Redirect method> cannot be 'PUT'"),
        (
            "<Dial><Number statusCallbackEvent=\"['initiated', 'ringing']\">+1</Number></Dial>",
            "a list of words with spaces between",
        ),
        ('<Start><Recording recordingStatusCallback="/x/"/></Start>', "must be an absolute address"),
        ("<Message>x</Message>", "<Message> does not belong in <Response>"),
    ],
)
def test_faulty_documents_are_told_apart(inside, complaint):
    assert any(complaint in said for said in faults(inside))


@pytest.mark.parametrize(
    ("context", "inside", "allowed"),
    [
        (SCREEN, "<Gather/>", True),
        (SCREEN, "<Hangup/>", True),
        (SCREEN, "<Dial>+1</Dial>", False),
        (SCREEN, "<Enqueue>q</Enqueue>", False),
        (QUEUE_WAIT, "<Gather/>", True),
        (QUEUE_WAIT, "<Leave/>", True),
        (QUEUE_WAIT, "<Record/>", False),
        (CONFERENCE_WAIT, "<Redirect>/x/</Redirect>", True),
        (CONFERENCE_WAIT, "<Gather/>", False),
        (CONFERENCE_WAIT, "<Hangup/>", False),
        (HOLD, "<Gather/>", False),
        (QUEUE_GREETING, "<Say>x</Say>", True),
        (QUEUE_GREETING, "<Gather/>", False),
    ],
)
def test_what_may_stand_where(context, inside, allowed):
    assert (faults(inside, context) == []) is allowed


def test_messaging_documents_have_their_own_table():
    assert faults("<Message><Body>x</Body><Media>https://x/y</Media></Message>", language="messaging") == []
    assert faults("<Dial>+1</Dial>", language="messaging") == ["<Dial> does not belong in <Response>."]
