"""What a secretary takes out: off at first, let by the firm, forbidden by the client, on record."""

import re

import pytest
from django.urls import reverse

from messages_app import taking
from secretariat import clock, spreadsheets
from secretariat.ledger.models import LedgerEntry
from secretariat.office.models import Firm


@pytest.fixture
def message(call, priya, okafor):
    return taking.take_message(
        call=call,
        by=priya.user,
        at=clock.now(),
        answers=[],
        contact=okafor.owner,
        caller_name="=HYPERLINK(1)",
        caller_firm="",
        call_back_on="+447700900123",
        text="Ring back",
    )


def lets(**what):
    Firm.current()
    Firm.objects.update(**what)


def pages(message):
    return {
        "may_print": reverse("messages-paper", args=[message.pk]),
        "may_copy_out": reverse("messages-words", args=[message.pk]),
    }


def test_off_at_first_then_let_then_forbidden_and_each_use_on_record(desk, message, okafor):
    shown = reverse("messages-message", args=[message.pk])
    for setting, address in pages(message).items():
        assert desk.get(address).status_code == 404
        assert address not in desk.get(shown).content.decode()
        lets(**{setting: True})
        assert address in desk.get(shown).content.decode()
        assert "Ring back" in desk.get(address).content.decode()
        assert "Ring back" in desk.get(address).content.decode()
    verbs = LedgerEntry.objects.filter(verb__startswith="taken_out").values_list("verb", flat=True)
    assert sorted(verbs) == ["taken_out.copy"] * 2 + ["taken_out.print"] * 2
    okafor.row.never_print = okafor.row.never_copy_out = True
    okafor.row.save()
    for address in pages(message).values():
        assert desk.get(address).status_code == 404


def test_a_list_holds_only_what_may_leave_and_nothing_that_runs(office, desk, message, okafor, priya):
    address = reverse("messages-list")
    assert desk.post(address).status_code == 404
    lets(may_export=True)
    answer = desk.post(address)
    file = b"".join(answer.streaming_content).decode()
    assert "attachment" in answer["Content-Disposition"]
    assert "Ring back" in file
    assert ',"\'=HYPERLINK(1)",' in file
    assert ',"+447700900123",' in file
    assert LedgerEntry.objects.get(verb="taken_out.export").detail == {"rows": 1}
    okafor.row.never_export = True
    okafor.row.save()
    assert desk.post(address).status_code == 404
    assert office.browser(office.supervisor()).post(address).status_code == 200


@pytest.mark.parametrize("cell", ["=1+1", " =1+1", "-2", "@x", "+1-1"])
def test_what_a_caller_said_never_runs(cell):
    assert spreadsheets.harmless(cell) == f"'{cell}"


def test_a_number_and_a_word_stay_as_they_are():
    for cell in ("+447700900123", "-2.40", "Dana", ""):
        assert spreadsheets.harmless(cell) == cell


def test_no_cell_ends_before_its_end_whatever_a_program_parts_at():
    """Programs that part at semicolons and tabs as well keep to quotes, too: nothing begins within a cell."""
    cells = ["Dana; =1+1", "a\t=2", "two\n=lines", 'she said "=3"', "plain", ""]
    written = spreadsheets.line(cells)
    within = re.compile(r'"((?:[^"]|"")*)"')
    assert [each.replace('""', '"') for each in within.findall(written)] == cells
    assert within.sub("", written) == "," * (len(cells) - 1) + "\r\n"
