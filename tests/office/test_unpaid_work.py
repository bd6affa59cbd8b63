"""What a contract pays nothing for stands in it before she signs."""

from decimal import Decimal

import pytest
from django.urls import reverse

from secretariat import clock
from secretariat.office.contracts import agreeing
from secretariat.office.pay import By, Term

from .test_contracts import helen, okafor, priya, written

__all__ = ["helen", "okafor", "priya"]


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        ((Term(By.HOUR, Decimal(12), "mail"),), "Calls and other work not named above: 0.00 GBP"),
        ((Term(By.PIECE, Decimal(3), "letter"),), "Calls, mail and other work not named above: 0.00 GBP"),
        ((Term(By.PIECE, Decimal(1), "call"),), "Mail and other work not named above: 0.00 GBP"),
        ((Term(By.PIECE, Decimal(1), "call"), Term(By.PIECE, Decimal(1), "mail")), "Other work not named"),
    ],
)
def test_what_a_contract_pays_nothing_for_stands_in_it(office, priya, helen, terms, said):
    draft = written(priya, helen, *terms)
    page = office.browser(helen).get(reverse("contract", args=[draft.pk])).content.decode()
    assert said in page
    paid = *terms, Term(By.LEAST, Decimal(800), per="month")
    draft = agreeing.write(draft, paid, by=helen)
    assert (
        "not named above"
        not in office.browser(helen).get(reverse("contract", args=[draft.pk])).content.decode()
    )


def test_by_the_piece_alone_she_reads_before_she_signs_what_comes_to_nought(office, priya, helen):
    agreeing.offer(written(priya, helen, Term(By.PIECE, Decimal(1), "call")), by=helen, at=clock.now())
    page = office.browser(priya).get(reverse("my-contract")).content.decode()
    assert "Mail and other work not named above: 0.00 GBP under this contract." in page
