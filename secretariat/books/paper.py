"""A bill on paper, as PDF/UA-1, set by Typst.

Its words reach Typst as data in one JSON value and are laid out by `bill.typ`, which is ours: nothing in them
is read as markup. Fonts and the absence of any network are those of letters.
"""

from pathlib import Path

from django.utils import translation
from django.utils.dateformat import format as date_words
from django.utils.translation import gettext as _

from secretariat import typefaces

from . import statement
from .models import Bill, BillingAccount
from .rules import money

SOURCE = Path(__file__).with_name("bill.typ")
DAY = "j F Y"


def pdf(bill: Bill, user, *, firm) -> bytes:
    """The bill as this person may read it; None: as it is sent. The same bill gives the same bytes."""
    return typefaces.pdf(SOURCE, {"bill": words(bill, user, firm=firm)}, at=bill.made_at)


def words(bill: Bill, user, *, firm) -> dict:
    """Everything that stands on the paper."""
    told = statement.told(user, bill)
    digits = statement.digits_of(bill.currency)
    language, _mark, region = (translation.get_language() or "en-gb").partition("-")
    return {
        "language": language,
        "region": region.upper(),
        "title": _title(bill),
        "sender": [bill.parties["from"]["name"], *bill.parties["from"]["address"]],
        "to": [bill.parties["to"]["name"], *bill.parties["to"]["address"]],
        "facts": _facts(bill),
        "heads": [_("What"), _("How much"), _("Amount, %(currency)s") % {"currency": bill.currency}],
        "lines": [
            {
                "words": row.line.words,
                "rule": row.line.rule,
                "quantity": row.line.quantity,
                "amount": row.amount,
            }
            for row in told["rows"]
        ],
        "sums": [
            [_("Net"), told["net"]],
            [_vat_words(bill), told["vat"]],
            [_("Total"), money(bill.total, bill.currency, digits).replace("-", "−")],
        ],
        "tax_note": _tax_note(bill),
        "pay_to": bill.parties["from"]["pay_to"] if bill.kind == Bill.Kind.BILL else [],
        "pay_title": _("How to pay"),
        "rules_title": _("What you have agreed to"),
        "rules": [{"name": each["name"], "words": each["words"]} for each in bill.rules],
        "items_title": _("Every call, message and task"),
        "item_heads": [_("When"), _("Time of each kind"), _("Billed"), _("Included"), _("Amount")],
        "items": [_opened(row, bill) for row in told["rows"] if row.items],
        "page": _("Page {page} of {pages}"),
    }


def _title(bill: Bill) -> str:
    if bill.is_draft:
        return _("Draft of a bill")
    if bill.kind == Bill.Kind.CREDIT:
        return _("Credit note %(number)s") % {"number": bill.number}
    return _("Bill %(number)s") % {"number": bill.number}


def _facts(bill: Bill) -> list[list[str]]:
    facts = [[_("For"), f"{date_words(bill.first_on, DAY)} – {date_words(bill.last_on, DAY)}"]]
    if bill.issued_on:
        facts.append([_("Issued"), date_words(bill.issued_on, DAY)])
    if bill.kind == Bill.Kind.CREDIT:
        facts.append([_("Credits"), bill.credits.number])
    elif bill.due_on:
        facts.append([_("To be paid by"), date_words(bill.due_on, DAY)])
    ours, theirs = bill.parties["from"]["vat"], bill.parties["to"]["vat"]
    facts += [[_("Our VAT number"), ours]] if ours else []
    facts += [[_("Your VAT number"), theirs]] if theirs else []
    return facts


def _vat_words(bill: Bill) -> str:
    """With reverse charge no rate of ours is named: what it is at the client's is not ours to say."""
    if bill.tax == BillingAccount.Tax.REVERSE:
        return _("VAT")
    return _("VAT %(percent)s") % {"percent": f"{bill.vat_percent.normalize():f} %"}


def _tax_note(bill: Bill) -> str:
    if bill.tax == BillingAccount.Tax.REVERSE:
        return _("Reverse charge: the customer accounts for VAT.")
    return ""


def _opened(row: statement.Row, bill: Bill) -> dict:
    zone = bill.client.tz
    return {
        "words": row.line.words,
        "rows": [
            [
                date_words(item.at.astimezone(zone), "D j M H:i:s" if item.has_time else "D j M"),
                ", ".join([*(f"{kind} {_clock(seconds)}" for kind, seconds in item.parts), *_worth(item)]),
                item.because or item.units,
                item.free or "–",
                item.amount,
            ]
            for item in row.items
        ],
    }


def _worth(item: statement.Opened) -> list[str]:
    return [item.worth] if item.worth else []


def _clock(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
