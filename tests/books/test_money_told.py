"""Amounts on pages have as many places as their currency."""

from decimal import Decimal

import pytest
from django.template import Context, Template


@pytest.mark.parametrize(
    ("currency", "told"), [("EUR", "1234.50"), ("KWD", "1234.500"), ("JPY", "1235"), ("XYZ", "1234.50")]
)
def test_an_amount_has_the_places_of_its_currency(currency, told):
    page = Template("{% load money %}{{ sum|of_currency:currency }}")
    assert page.render(Context({"sum": Decimal("1234.500"), "currency": currency})) == told
