"""What she says she can do: named by her, accepted or not by the firm. Until then it counts for nothing."""

from datetime import datetime

from django.conf import settings
from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from secretariat import ledger, media, outbox
from secretariat.office import languages, signals, specialities
from secretariat.office.models import (
    Claim,
    Secretary,
    SecretaryLanguage,
    SecretarySkill,
    Skill,
    User,
    Vouched,
)

from .proving import NotNow

KIND = "office.claim"
State = Claim.State


@transaction.atomic
def name(
    secretary: Secretary,
    *,
    at: datetime,
    skill: Skill | None = None,
    skill_level: int | None = None,
    language: str = "",
    level: int | None = None,
    evidence: str = "",
    paper: File | None = None,
    content_type: str = "",
) -> Claim:
    """She names a skill, or a language, with its level; what shows it is kept sealed.

    Raises NotNow while the same waits already.
    """
    try:
        with transaction.atomic():
            made = Claim.objects.create(
                secretary=secretary,
                skill=skill,
                skill_level=skill_level,
                language=language,
                level=level,
                evidence=evidence,
                said_at=at,
            )
    except IntegrityError:
        raise NotNow(_("You have named this already. The firm looks at it.")) from None
    if paper is not None:
        kept = media.store(
            paper, client_id=None, kind=KIND, name=paper.name or "evidence", content_type=content_type
        )
        made.media_id = kept.pk
        made.save(update_fields=["media_id"])
    words = {"name": secretary.spoken_name, "what": in_words(made)}
    signals.request_made.send(
        sender=Claim,
        kind=KIND,
        subject=(KIND, made.pk),
        because=_("%(name)s names something she can do: %(what)s.") % words,
        at=at,
    )
    return made


@transaction.atomic
def accept(claim: Claim, *, how: str, by: User, at: datetime) -> Claim:
    """It counts from now on. `how` it is known is one of Vouched.How, other than by her word."""
    if how == Vouched.How.SAID:
        raise NotNow(_("Say how you know it."))
    claim = _answered(claim, State.ACCEPTED, "", by, at)
    facts = {"how": how, "evidence": claim.evidence, "checked_by": by, "checked_at": at}
    facts["media_id"] = claim.media_id
    if claim.skill_id:
        facts["level"] = claim.skill_level
        SecretarySkill.objects.update_or_create(secretary=claim.secretary, skill=claim.skill, defaults=facts)
    else:
        SecretaryLanguage.objects.update_or_create(
            secretary=claim.secretary, language=claim.language, defaults=facts | {"level": claim.level}
        )
    return claim


def refuse(claim: Claim, *, because: str, by: User, at: datetime) -> Claim:
    """It does not count; she reads why."""
    return _answered(claim, State.REFUSED, because, by, at)


@transaction.atomic
def take_back(claim: Claim, *, by: User) -> None:
    """She takes back what nobody has answered."""
    if not Claim.objects.filter(pk=claim.pk, state=State.WAITING).delete()[0]:
        raise NotNow(_("It was answered meanwhile."))
    if paper := media.kept(claim.media_id):
        media.remove(paper)
    _settled(claim, by, _("Taken back"))


def counting(claims: QuerySet[Claim]) -> QuerySet[Claim]:
    """Of these of one secretary, by which she has what she has now: of each thing the newest accepted."""
    skill = SecretarySkill.objects.filter(secretary=OuterRef("secretary"), skill=OuterRef("skill"))
    language = SecretaryLanguage.objects.filter(
        secretary=OuterRef("secretary"), language=OuterRef("language")
    )
    accepted = claims.filter(Exists(skill) | Exists(language), state=State.ACCEPTED)
    return accepted.order_by("skill_id", "language", "-answered_at", "-pk").distinct("skill_id", "language")


@transaction.atomic
def revoke(claim: Claim, *, because: str, by: User, at: datetime) -> Claim:
    """It was accepted by mistake, or is so no more: it counts no longer, and she is told and reads why."""
    hers = Claim.objects.filter(secretary=claim.secretary_id)
    if claim.pk not in {each.pk for each in counting(hers)}:
        raise NotNow(_("It does not count any more, or has been named anew since."))
    claim = _answered(claim, State.REFUSED, because, by, at, came_from=State.ACCEPTED)
    if claim.skill_id:
        SecretarySkill.objects.filter(secretary=claim.secretary_id, skill=claim.skill_id).delete()
    else:
        SecretaryLanguage.objects.filter(secretary=claim.secretary_id, language=claim.language).delete()
    words = _(
        "The firm has taken back what it had accepted of your profile: %(what)s. Why is said there. Where it "
        "is asked for, no shift is planned for you and no call is offered to you because of it. You can name "
        "it anew, at the level that is right."
    )
    outbox.post(
        KIND,
        key=f"{KIND}:{claim.pk}:back:{at:%Y%m%d%H%M%S}",
        subject=(KIND, claim.pk),
        payload={
            "to": claim.secretary.user.email,
            "subject": _("Something you can do counts no longer"),
            "text": words % {"what": in_words(claim)}
            + f"\n\n{settings.PUBLIC_BASE_URL}{reverse('my-profile')}",
        },
    )
    return claim


def in_words(claim: Claim) -> str:
    if claim.skill:
        return specialities.at_level(claim.skill.name, claim.skill_level)
    return languages.at_level(claim.language, claim.level)


def with_papers(claims) -> list[tuple[Claim, str, str]]:
    """Each in words, with the address of its paper; empty where there is none any more."""
    rows = list(claims)
    addresses = media.addresses(each.media_id for each in rows)
    return [(each, in_words(each), addresses.get(each.media_id, "")) for each in rows]


@transaction.atomic
def _answered(
    claim: Claim, to: str, words: str, by: User, at: datetime, came_from: str = State.WAITING
) -> Claim:
    if claim.secretary.user_id == by.pk and not by.roles.admin:
        raise NotNow(_("Somebody else says what you can do."))
    still = Claim.objects.filter(pk=claim.pk, state=came_from)
    if not still.update(state=to, answer=words, answered_by=by, answered_at=at):
        raise NotNow(_("Somebody has answered it meanwhile."))
    claim.refresh_from_db()
    _settled(claim, by, claim.get_state_display())
    verb = "taken_back" if came_from == State.ACCEPTED else to
    ledger.record(
        f"{KIND}.{verb}",
        actor_id=by.pk,
        subject=(KIND, claim.pk),
        detail={"secretary": claim.secretary_id},
    )
    return claim


def _settled(claim: Claim, by: User, outcome: str) -> None:
    signals.request_settled.send(sender=Claim, subject=(KIND, claim.pk), by=by, outcome=outcome)
