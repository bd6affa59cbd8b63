"""What will happen to a message, in words, before it is sent: the same judgements that then send it."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clients.models import Channel, Client, Contact

from . import consent, deadlines, delivering, dispatch, escalating
from .models import Message
from .reaching import reaching

MOST_NAMED = 4  # steps said one by one; a longer ladder is summed up


def sentences(
    client: Client, *, contact: Contact | None, urgency: int, call_type=None, at: datetime, zone: str
) -> list[str]:
    """One sentence for each thing that happens. Times are told in `zone`, the reader's."""
    known = reaching(client, at=at)
    chosen = dispatch.whom(client, contact.pk if contact else None, urgency, call_type, at=at, known=known)
    said = []
    for recipient in chosen:
        person = known.person[recipient.contact]
        if refused := consent.objection(recipient.channel, recipient.address, known.suppressed):
            said.append(_not_sent(person, recipient.channel, delivering.why_not(refused)))
        elif recipient.channel != "portal" and (until := delivering.waits_until(urgency, person, client, at)):
            said.append(_waits(person, recipient.channel, until, zone))
    if urgency == Message.Urgency.URGENT:
        steps = escalating.plan(client, contact.pk if contact else None, at=at, known=known)
        on_call = {contact for contact, _why in known.on_call}
        names = {
            each.pk: _("%(name)s (on call)") % {"name": each.name} if each.pk in on_call else each.name
            for each in known.people
        }
        said.insert(0, of_ladder(steps, names, at=at, zone=zone))
    elif not chosen:
        said.append(_("Nobody at the client can be told. It stays on the desk."))
    return said


def of_ladder(steps: list[deadlines.Step], names: dict, *, at: datetime, zone: str) -> str:
    """The whole ladder in one or two sentences, and when it ends."""
    tried = [step for step in steps if not step.is_end]
    if not tried:
        return _("Nobody at the client can be rung or texted: it stands in red on the desk at once.")
    end = _("If nobody has by %(time)s, it stands in red on the desk and with the supervisor.") % {
        "time": f"{steps[-1].due_at.astimezone(ZoneInfo(zone)):%H:%M}"
    }
    if again := deadlines.refrain(steps):
        first = _first(tried[0], names)
        minutes = _minutes(again.every.total_seconds() / 60)
        if again.channel == deadlines.CALL:
            words = _("%(first)s, then ring %(name)s every %(minutes)s until somebody accepts.")
        else:
            words = _("%(first)s, then write to %(name)s every %(minutes)s until somebody accepts.")
        return f"{words % {'first': first, 'name': names[again.contact], 'minutes': minutes}} {end}"
    once = [step for step in tried if step.turn == 1]
    parts = [_first(once[0], names), *(_later(step, names, at) for step in once[1:MOST_NAMED])]
    if len(once) > MOST_NAMED:
        more = len(once) - MOST_NAMED
        parts.append(ngettext("and %(n)d more", "and %(n)d more", more) % {"n": more})
    rounds = tried[-1].turn
    round_again = (
        ngettext("Then round again once.", "Then round again %(n)d times.", rounds - 1) % {"n": rounds - 1}
        if rounds > 1
        else ""
    )
    goes_on = _("%(steps)s, until somebody accepts.") % {"steps": ", ".join(parts)}
    return " ".join(filter(None, [goes_on, round_again, end]))


def _first(step: deadlines.Step, names: dict) -> str:
    words = {
        deadlines.TEXT: _("We text %(name)s now"),
        deadlines.CALL: _("We ring %(name)s now"),
        deadlines.EMAIL: _("We e-mail %(name)s now"),
        deadlines.PORTAL: _("We show it to %(name)s in the portal now"),
        deadlines.PUSH: _("We push it to %(name)s now"),
    }
    return words[step.channel] % {"name": names[step.contact]}


def _later(step: deadlines.Step, names: dict, at: datetime) -> str:
    words = {
        deadlines.TEXT: _("text %(name)s after %(minutes)s"),
        deadlines.CALL: _("ring %(name)s after %(minutes)s"),
        deadlines.EMAIL: _("e-mail %(name)s after %(minutes)s"),
        deadlines.PORTAL: _("show it to %(name)s in the portal after %(minutes)s"),
        deadlines.PUSH: _("push it to %(name)s after %(minutes)s"),
    }
    minutes = _minutes((step.due_at - at).total_seconds() / 60)
    return words[step.channel] % {"name": names[step.contact], "minutes": minutes}


def _minutes(minutes: float) -> str:
    count = round(minutes)
    return ngettext("minute", "%(n)d minutes", count) % {"n": count}


def _waits(person: Contact, channel: str, until: datetime, zone: str) -> str:
    words = {
        "email": _("The e-mail to %(name)s waits until %(time)s, when quiet hours end."),
        "text": _("The text to %(name)s waits until %(time)s, when quiet hours end."),
        "push": _("The push to %(name)s waits until %(time)s, when quiet hours end."),
    }
    return words[channel] % {"name": person.name, "time": f"{until.astimezone(ZoneInfo(zone)):%H:%M}"}


def _not_sent(person: Contact, channel: str, why: str) -> str:
    words = {
        "email": _("No e-mail goes to %(name)s: %(why)s."),
        "text": _("No text goes to %(name)s: %(why)s."),
    }
    return words[channel] % {"name": person.name, "why": why[:1].lower() + why[1:]}


def for_form(form, *, at: datetime, zone: str) -> list[str]:
    """The same for a message form as it stands, half typed or sent back."""
    urgency = str(form["urgency"].value() or Message.Urgency.NORMAL)
    contact = _chosen(form)
    return sentences(
        form.client,
        contact=contact,
        urgency=int(urgency) if urgency.isdigit() else Message.Urgency.NORMAL,
        call_type=form.chosen_type.pk if form.chosen_type else None,
        at=at,
        zone=zone,
    )


def _chosen(form) -> Contact | None:
    value = str(form["contact"].value() or "")
    return next((each for each in form.people if str(each.pk) == value), None)


def told(client: Client, *, contact: Contact, urgency: int, at: datetime) -> list[str]:
    """By which ways she would be told of such a message for her; or who would be in her place."""
    known = reaching(client, at=at)
    chosen = dispatch.whom(client, contact.pk, urgency, None, at=at, known=known)
    hers = [
        f"{Channel(each.channel).label}, {each.address}"
        if each.channel != Channel.PORTAL
        else str(Channel.PORTAL.label)
        for each in chosen
        if each.contact == contact.pk
    ]
    return hers or list(dict.fromkeys(f"{known.person[each.contact]}: {each.because}" for each in chosen))
