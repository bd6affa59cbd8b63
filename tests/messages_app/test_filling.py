"""Templates with tokens, of mails and of letters."""

from messages_app.filling import fill, first_name, in_braces, left_open


def test_a_token_is_filled_and_its_value_is_not_looked_at_again():
    values = {"name": "{firm}", "firm": "Harlow", "day": ""}
    assert fill("Dear {name} of {firm}, {reference} {day}", values) == (
        "Dear {firm} of Harlow, {reference} {day}"
    )
    assert fill("{Name} {} {0} {name!r}", values) == "{Name} {} {0} {name!r}"


def test_what_is_left_open_is_named_once_and_as_it_is_typed():
    assert left_open("{a_b} and {a_b}", "{c} {} {Not}") == ["a_b", "c"]
    assert in_braces(["a_b", "c"]) == "{a_b}, {c}"


def test_a_first_name_is_no_title():
    assert [first_name(n) for n in ("Dr. Dana Reyes", "Dana", "J. Reyes", "", "Herr M.")] == [
        *("Dana", "Dana", "Reyes", "", "")
    ]
