"""Papers that come along with an application: who she is, certificates, a CV. Sealed, and deleted with it."""

from collections.abc import Iterable
from datetime import datetime

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from secretariat import ledger, media
from secretariat.media.models import MediaFile
from secretariat.office import tries
from secretariat.office.models import ApplicantsPaper, Application

from .applying import NotNow

KIND = "office.applicants_paper"
AT_MOST = 8  # papers of one application
AN_HOUR, IN_AN_HOUR = 3600, 20  # uploads


@transaction.atomic
def hand_in(
    application: Application, *, kind: str, paper: File, content_type: str, at: datetime
) -> ApplicantsPaper:
    """Keep a paper of hers. Raises NotNow once all is decided, or where there are too many."""
    application = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    if not application.is_under_way:
        raise NotNow(_("It is settled, and takes no more papers."))
    if application.papers.count() >= AT_MOST:
        raise NotNow(_("There are %(n)s papers already. Take one away first.") % {"n": AT_MOST})
    if tries.too_often(f"papers:{application.pk}", at_most=IN_AN_HOUR, window=AN_HOUR, at=at):
        raise NotNow(_("So many papers came in this hour that no more are taken. Try again in an hour."))
    kept = media.store(
        paper, client_id=None, kind=KIND, name=paper.name or "paper", content_type=content_type
    )
    made = ApplicantsPaper.objects.create(
        application=application, kind=kind, media_id=kept.pk, handed_in_at=at
    )
    _record("handed_in", application, kind)
    return made


@transaction.atomic
def take_away(paper: ApplicantsPaper) -> None:
    """She takes one back before she has sent the application. Raises NotNow afterwards."""
    rows = Application.objects.select_for_update(of=("self",))
    application = rows.get(pk=paper.application_id)
    if application.state != Application.State.STARTED:
        raise NotNow(_("It is sent, and does not change any more."))
    forget(ApplicantsPaper.objects.filter(pk=paper.pk))
    _record("taken_away", application, paper.kind)


def of(application: Application) -> list[tuple[ApplicantsPaper, str, str]]:
    """Each with its name and the address where the firm reads it; both empty where it is kept no more."""
    rows = list(application.papers.all())
    files = MediaFile.objects.in_bulk([each.media_id for each in rows])
    found = ((each, files.get(each.media_id)) for each in rows)
    return [
        (each, file.name, media.url(file)) if file and not file.deleted_at else (each, "", "")
        for each, file in found
    ]


def forget(papers) -> None:
    """Their bytes and keys go, and then the rows."""
    ids = list(papers.values_list("media_id", flat=True))
    for file in MediaFile.objects.filter(pk__in=ids, deleted_at=None):
        media.remove(file)
    papers.delete()


def forget_with(applications: Iterable[Application]) -> None:
    """Applications whose time is over, with the papers that came along."""
    forget(ApplicantsPaper.objects.filter(application__in=applications))


def _record(verb: str, application: Application, kind: str) -> None:
    ledger.record(
        f"{KIND}.{verb}",
        actor_id=None,
        subject=("office.application", application.pk),
        detail={"kind": str(kind)},
    )
