"""Finding a message by what was said in it, or by the end of the number to ring back."""

import pytest

from messages_app.finding import found
from messages_app.models import Message


@pytest.fixture
def messages(okafor):
    for name, number, text in (
        ("Daniel Harlow", "+447700900123", "About the lease in Grove Road"),
        ("Mrs Brill", "+447700900124", "Order 4471 has not come"),
        ("Somebody", "", "About the lease again"),
    ):
        Message.objects.create(client=okafor.row, caller_name=name, call_back_on=number, text=text)
    return Message.objects.all()


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("lease", ["Daniel Harlow", "Somebody"]),
        ("lease grove", ["Daniel Harlow"]),
        ("07700 900124", ["Mrs Brill"]),
        ("+44 7700 900123", ["Daniel Harlow"]),
        ("900123", ["Daniel Harlow"]),
        ("0900123", ["Daniel Harlow"]),  # the nought that is dialled inside the country
        ("9001", []),  # in the midst of it
        ("4471", ["Mrs Brill"]),
        ("100%", []),
        ("", ["Daniel Harlow", "Mrs Brill", "Somebody"]),
    ],
)
def test_by_words_or_by_the_end_of_the_number(messages, words, names):
    assert sorted(found(messages, words).values_list("caller_name", flat=True)) == names
