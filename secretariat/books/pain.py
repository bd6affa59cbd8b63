"""Payments for a bank: ISO 20022 pain.001.001.09, as SEPA banks read it. Pure: no clock, database, settings.

Amounts are in euro, two places. Texts are cut and written in the letters that every bank takes.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from xml.etree import ElementTree

SCHEMA = "pain.001.001.09"
SPACE = f"urn:iso:std:iso:20022:tech:xsd:{SCHEMA}"
EURO = "EUR"
WORDS = 140  # of a remittance
SALARY, SUPPLIER = "SALA", "SUPP"
OUTSIDE = re.compile(r"[^A-Za-z0-9/?:().,'+ -]")
LETTERS = str.maketrans({"ß": "ss", "Æ": "AE", "æ": "ae", "Ø": "O", "ø": "o", "Ł": "L", "ł": "l", "’": "'"})


@dataclass(frozen=True)
class Account:
    name: str
    iban: str
    bic: str = ""


@dataclass(frozen=True)
class Transfer:
    """`key` is ours, and comes back with a transfer that failed: at most 35 characters.

    `purpose`: a category of ISO 20022, which a bank reads for all transfers of a block.
    """

    key: str
    to: Account
    amount: Decimal
    words: str
    purpose: str = SALARY


def plain(text: str, most: int) -> str:
    """In the letters that every bank takes, cut to so many."""
    flat = unicodedata.normalize("NFKD", text.translate(LETTERS))
    kept = "".join(each for each in flat if not unicodedata.combining(each))
    return re.sub(r" +", " ", OUTSIDE.sub(" ", kept)).strip()[:most] or "-"


def document(transfers: Sequence[Transfer], *, paid_from: Account, key: str, on: date, at: datetime) -> bytes:
    """One order of all these transfers, to be carried out on that day. The same facts give the same bytes."""
    total = sum((each.amount for each in transfers), Decimal(0))
    root = ElementTree.Element("Document", xmlns=SPACE)
    order = _in(root, "CstmrCdtTrfInitn")
    head = _in(order, "GrpHdr")
    _in(head, "MsgId", key)
    _in(head, "CreDtTm", at.strftime("%Y-%m-%dT%H:%M:%S"))
    _in(head, "NbOfTxs", str(len(transfers)))
    _in(head, "CtrlSum", f"{total:.2f}")
    _in(_in(head, "InitgPty"), "Nm", plain(paid_from.name, 70))
    for purpose in (SALARY, SUPPLIER):
        if its := [each for each in transfers if each.purpose == purpose]:
            _block(order, its, purpose, paid_from=paid_from, key=key, on=on)
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="UTF-8", xml_declaration=True)


def _block(
    order, transfers: Sequence[Transfer], purpose: str, *, paid_from: Account, key: str, on: date
) -> None:
    total = sum((each.amount for each in transfers), Decimal(0))
    block = _in(order, "PmtInf")
    _in(block, "PmtInfId", key if purpose == SALARY else f"{key}-C")
    _in(block, "PmtMtd", "TRF")
    _in(block, "BtchBookg", "true")
    _in(block, "NbOfTxs", str(len(transfers)))
    _in(block, "CtrlSum", f"{total:.2f}")
    kind = _in(block, "PmtTpInf")
    _in(_in(kind, "SvcLvl"), "Cd", "SEPA")
    _in(_in(kind, "CtgyPurp"), "Cd", purpose)
    _in(_in(block, "ReqdExctnDt"), "Dt", on.isoformat())
    _in(_in(block, "Dbtr"), "Nm", plain(paid_from.name, 70))
    _in(_in(_in(block, "DbtrAcct"), "Id"), "IBAN", paid_from.iban)
    _bank(_in(block, "DbtrAgt"), paid_from.bic)
    _in(block, "ChrgBr", "SLEV")
    for each in transfers:
        _transfer(block, each)


def _transfer(block, each: Transfer) -> None:
    one = _in(block, "CdtTrfTxInf")
    _in(_in(one, "PmtId"), "EndToEndId", each.key)
    _in(_in(one, "Amt"), "InstdAmt", f"{each.amount:.2f}").set("Ccy", EURO)
    if each.to.bic:
        _bank(_in(one, "CdtrAgt"), each.to.bic)
    _in(_in(one, "Cdtr"), "Nm", plain(each.to.name, 70))
    _in(_in(_in(one, "CdtrAcct"), "Id"), "IBAN", each.to.iban)
    _in(_in(one, "RmtInf"), "Ustrd", plain(each.words, WORDS))


def _bank(agent, bic: str) -> None:
    institution = _in(agent, "FinInstnId")
    if bic:
        _in(institution, "BICFI", bic)
    else:
        _in(_in(institution, "Othr"), "Id", "NOTPROVIDED")


def _in(parent, name: str, text: str | None = None):
    made = ElementTree.SubElement(parent, name)
    made.text = text
    return made
