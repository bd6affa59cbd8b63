"""Many letters set in a row, and what is counted of their pages."""

from datetime import UTC, datetime

from messages_app.letters import typesetting

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def test_many_set_in_a_row_are_the_same_bytes_as_each_alone():
    at = NOON
    sheets = [
        typesetting.Sheet("uk-dl", "en-GB", [name], name, [name], "Okafor")
        for name in ("Dana", "Ravi", "Dana")
    ]
    press = typesetting.Press()
    assert [press.pdf(each, at=at) for each in sheets] == [typesetting.pdf(each, at=at) for each in sheets]


def test_pages_are_counted_in_the_pdf_itself():
    sheet = typesetting.Sheet("uk-dl", "en-GB", ["Dana"], "x", ["words " * 400] * 4, "Okafor")
    at = NOON
    assert typesetting.pages_of(typesetting.pdf(sheet, at=at)) == typesetting.pages(sheet, at=at) > 1
