"""Templates with tokens."""

from messages_app.mail.filling import fill, first_name, tokens_in


def test_a_token_is_filled_and_one_without_a_value_is_named():
    made = fill("Dear {name},\n{name}: {day} {nothing} {Not} {}", {"name": "Dana", "day": ""})
    assert made.words == "Dear Dana,\nDana: {day} {nothing} {Not} {}"
    assert made.missing == ("day", "nothing")


def test_what_a_value_holds_is_not_looked_into():
    assert fill("{name}", {"name": "{secret}", "secret": "x"}).words == "{secret}"
    assert tokens_in("{name} {other}", {"name"}) == ["name"]


def test_a_first_name_is_no_title():
    assert [first_name(n) for n in ("Dr. Dana Reyes", "Dana", "J. Reyes", "", "Herr M.")] == [
        *("Dana", "Dana", "Reyes", "", "")
    ]
