"""Who hears of what happens to a contract, and of no word in it: she by mail, the firm by a piece of work.

An outsourcing company that it is through hears by mail, too.
"""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.dateformat import format as date_words
from django.utils.translation import gettext as _

from secretariat import outbox
from secretariat.office import signals
from secretariat.office.models import Contract, ContractWord, PartnerPerson, User
from secretariat.outbox.models import Effect

KIND, ASKED = "office.contract", "office.contract_asked"
DAY = "j F Y"


def offered(contract: Contract, *, firm: str) -> None:
    words = _(
        "A contract is there for you to read at your desk, under “My contract”. Take your time: ask "
        "what is not clear, and keep the paper."
    )
    _her(contract, "", _("A contract from %(firm)s") % {"firm": firm}, words)
    name = {"name": contract.secretary.user.name}
    words = _("A contract with %(name)s through your company is there for you to read and to sign.") % name
    _company(contract, "", _("A contract to sign: %(name)s") % name, words)


def asked(said: ContractWord) -> None:
    """She asks, and the firm answers; or it says something of its own. What else waits for it, waits on."""
    contract = said.contract
    if said.by_id == contract.secretary.user_id:
        _firm(contract, _("%(name)s asks about her contract"), by=said.by, at=said.said_at, kind=ASKED)
        return
    settled(contract, said.by, _("Answered"), kind=ASKED)
    words = _("The firm has written something about your contract, on its page.")
    _her(contract, f":said:{said.pk}", _("About your contract"), words)


def accepted(contract: Contract, *, by: User, at: datetime) -> None:
    if contract.waits_for_company:
        because = _("%(name)s has signed her contract: %(company)s signs next")
        _firm(contract, because, by=by, at=at, company=contract.partner)
    else:
        _firm(contract, _("%(name)s has signed her contract: the firm signs next"), by=by, at=at)


def company_signed(contract: Contract, *, by: User, at: datetime) -> None:
    if contract.state == Contract.State.ACCEPTED:
        because = _("%(company)s has signed the contract of %(name)s: the firm signs next")
        _firm(contract, because, by=by, at=at, company=contract.partner)


def company_declined(contract: Contract, *, by: User, at: datetime) -> None:
    because = _("%(company)s does not want the contract of %(name)s as it is")
    _firm(contract, because, by=by, at=at, company=contract.partner)
    words = _("%(company)s does not want your contract as it is. The firm can offer another version.")
    subject = _("About your contract")
    _her(contract, ":declined", subject, words % {"company": contract.partner})


def declined(contract: Contract, *, by: User, at: datetime) -> None:
    _firm(contract, _("%(name)s does not want the contract as it is"), by=by, at=at)
    name = {"name": contract.secretary.user.name}
    words = _("%(name)s does not want the contract through your company as it is. Nothing is left to sign.")
    _company(contract, ":declined", _("A contract is declined: %(name)s") % name, words % name)


def signed(contract: Contract, *, by: User) -> None:
    settled(contract, by, _("Signed by all sides"), kind=KIND)
    words = _("Your contract is signed by all sides. It holds from %(day)s. The signed paper is there.")
    subject = _("Your contract is signed")
    facts = {"day": date_words(contract.from_on, DAY), "name": contract.secretary.user.name}
    _her(contract, ":signed", subject, words % facts)
    words = _("The contract with %(name)s is signed by all sides. It holds from %(day)s.") % facts
    _company(contract, ":signed", _("The contract with %(name)s is signed") % facts, words)


def withdrawn(contract: Contract, *, by: User) -> None:
    settled(contract, by, _("Taken back"))
    words = _("The firm has taken back the contract that was before you. Nothing is left to do about it.")
    _her(contract, ":withdrawn", _("A contract is taken back"), words)
    words = _("The firm has taken back a contract that was before you: %(name)s.")
    facts = {"name": contract.secretary.user.name}
    _company(contract, ":withdrawn", _("A contract is taken back"), words % facts)


def ended(contract: Contract, *, by: User, at: datetime) -> None:
    """The other side is told, and she keeps it in writing whichever side it was."""
    facts = {"day": date_words(contract.until_on, DAY), "why": contract.ended_because}
    if by.pk == contract.secretary.user_id:
        because = _("%(name)s gives notice: her last day is %(day)s")
        _firm(contract, because, by=by, at=at, day=facts["day"])
        words = _("You have given notice. The last day of your contract is %(day)s.")
    else:
        words = _("The firm ends your contract. Its last day is %(day)s. Why: %(why)s")
    key = f":ended:{contract.until_on:%Y%m%d}"
    _her(contract, key, _("The last day of your contract"), words % facts)
    facts["name"] = contract.secretary.user.name  # why, she and the firm know
    words = _("The last day of the contract with %(name)s is %(day)s.") % facts
    _company(contract, key, _("A contract through you ends: %(name)s") % facts, words)


def called_off(contract: Contract, before: str, *, by: User, at: datetime) -> None:
    """Both sides are told that it never begins; and in the words of `before` how what held before ends."""
    facts = {
        "name": contract.secretary.user.name,
        "day": date_words(contract.from_on, DAY),
        "why": contract.ended_because,
    }
    if by.pk == contract.secretary.user_id:
        because = _("%(name)s calls off her contract before it has begun")
        _firm(contract, f"{because}. {before}" if before else because, by=by, at=at)
    else:
        settled(contract, by, _("Called off"))
    words = _("The contract that was to hold from %(day)s is called off before it began: %(why)s") % facts
    if before:
        words += f"\n\n{before}"
    _her(contract, ":called_off", _("A contract is called off"), words)
    words = _("The contract with %(name)s that was to hold from %(day)s is called off before it began.")
    _company(contract, ":called_off", _("A contract is called off: %(name)s") % facts, words % facts)


def runs_out(contract: Contract, *, at: datetime) -> None:
    day = date_words(contract.until_on, DAY)
    words = _(
        "Your contract ends on %(day)s, as it says, and none follows it yet. If it is to go on, ask the "
        "firm: shifts after that day are open to others from then on."
    )
    _her(contract, _ends(contract), _("Your contract ends on %(day)s") % {"day": day}, words % {"day": day})
    because = _("The contract of %(name)s ends on %(day)s, and none follows it")
    _firm(contract, because, by=None, at=at, day=day)


def has_said_that_it_ends(contract: Contract) -> bool:
    """Of this last day: one that is moved is told of anew."""
    return Effect.objects.filter(key=f"{KIND}:{contract.pk}{_ends(contract)}").exists()


def _ends(contract: Contract) -> str:
    return f":ends:{contract.until_on:%Y%m%d}"


def _company(contract: Contract, about: str, subject: str, words: str) -> None:
    """Everybody of the company it is through who signs in here."""
    if contract.partner_id is None:
        return
    page = f"{settings.PUBLIC_BASE_URL}{reverse('partner-contract', args=[contract.pk])}"
    people = PartnerPerson.objects.current().filter(partner=contract.partner_id, user__is_active=True)
    for person in people.exclude(user=contract.secretary.user_id).select_related("user"):
        outbox.post(
            KIND,
            key=f"{KIND}:{contract.pk}:company:{person.pk}{about}",
            subject=(KIND, contract.pk),
            payload={"to": person.user.email, "subject": subject, "text": f"{words}\n\n{page}"},
        )


def _her(contract: Contract, about: str, subject: str, words: str) -> None:
    page = f"{settings.PUBLIC_BASE_URL}{reverse('my-contract-one', args=[contract.pk])}"
    outbox.post(
        KIND,
        key=f"{KIND}:{contract.pk}{about}",
        subject=(KIND, contract.pk),
        payload={
            "to": contract.secretary.user.email,
            "subject": subject,
            "text": f"{words}\n\n{page}",
        },
    )


def _firm(
    contract: Contract, because: str, *, by: User | None, at: datetime, kind: str = KIND, **facts
) -> None:
    """For each contract the newest that is to be done about it, and beside that what she asks."""
    settled(contract, by, _("Something newer has come"), kind=kind)
    signals.request_made.send(
        sender=Contract,
        kind=kind,
        subject=(KIND, contract.pk),
        because=because % {"name": contract.secretary.spoken_name, **facts},
        at=at,
    )


def settled(contract: Contract, by: User | None, outcome: str, kind: str | None = None) -> None:
    """Nothing is left for the firm to do about it; with a `kind`, nothing of that kind."""
    facts = {"by": by, "outcome": outcome, "kind": kind}
    signals.request_settled.send(sender=Contract, subject=(KIND, contract.pk), **facts)
