"""Reports: how the firm has answered. Any client and secretary for the firm, her own share for a client."""

from datetime import timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.http import StreamingHttpResponse
from django.shortcuts import render
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from clients import leaving
from clients.doors import speaks_for_client
from clients.taking_out import Act
from secretariat import clock
from secretariat.books.agreements import promise
from secretariat.office import looking
from secretariat.office.guards import firm_required
from secretariat.office.looking import Of
from secretariat.office.models import Firm
from secretariat.overview.forms.report import ReportForm, ShareForm
from secretariat.overview.reports import counting, heat, writing
from secretariat.overview.reports.asking import Asked, By, spans, usual_days

SPANS = {
    "today": _("Today"),
    "week": _("This week"),
    "last_week": _("Last week"),
    "month": _("This month"),
    "last_month": _("Last month"),
}


@require_GET
@firm_required
def firm_page(request):
    return _page(request, _of_firm(request, request.GET), "overview/reports/firm.html", for_firm=True)


@require_GET
@speaks_for_client
def portal_page(request):
    return _page(request, _share(request, request.GET), "overview/reports/portal.html", for_firm=False)


@require_POST
@never_cache
@firm_required
def firm_file(request):
    return _file(request, _of_firm(request, request.POST), "overview/reports/firm.html", for_firm=True)


@require_POST
@never_cache
@speaks_for_client
def portal_file(request):
    return _file(request, _share(request, request.POST), "overview/reports/portal.html", for_firm=False)


def _of_firm(request, said) -> ReportForm:
    zone = ZoneInfo(Firm.current().zone)
    return ReportForm(_asked_or_usual(said, zone), user=request.user, zone=zone)


def _share(request, said) -> ShareForm:
    client = request.contact.client
    return ShareForm(_asked_or_usual(said, client.tz), zone=client.tz, client=client)


def _asked_or_usual(said, zone: ZoneInfo) -> dict:
    if "from_on" in said:
        return said
    first, last = usual_days(clock.now().astimezone(zone).date())
    return {"from_on": first.isoformat(), "until_on": last.isoformat(), "by": By.DAY.value}


def _page(request, form, template: str, *, for_firm: bool):
    today = clock.now().astimezone(form.zone).date()
    context = {
        "form": form,
        "for_firm": for_firm,
        "zone": str(form.zone),
        "spans": [(SPANS[name], _query(form, *days)) for name, days in spans(today).items()],
        "client": form.of_client,
    }
    if not form.is_valid():
        return render(request, template, context, status=422)
    asked, at = form.asked, clock.now()
    promised, seconds = _promised(form)
    within = timedelta(seconds=seconds)
    picture = heat.picture(counting.by_hour(request.user, asked))
    lines = counting.lines(request.user, asked, within=within, at=at)
    if for_firm:
        _looked(request.user, asked, lines)
    return render(
        request,
        template,
        context
        | {
            "asked": asked,
            "at": at,
            "promised": promised,
            "within_seconds": seconds,
            "lines": lines,
            "whole": counting.total(request.user, asked, within=within, at=at),
            "urgencies": counting.by_urgency(request.user, asked),
            "picture": picture,
            "weekdays": [str(WEEKDAYS[day])[:3] for day in range(7)],
            "busiest_day": str(WEEKDAYS[picture.busiest[0] - 1]) if picture.busiest else "",
            "may_export": not form.of_client or Act.EXPORT in leaving.allowed(request.user, form.of_client),
        },
    )


def _looked(user, asked: Asked, lines: list[counting.Line]) -> None:
    """How one person has worked is looked up by somebody: that is on record, and so is a line each."""
    if asked.secretary_id:
        looking.looked(user, Of.REPORT, asked.secretary_id, client_id=asked.client_id)
    elif asked.by == By.SECRETARY:
        theirs = [line.key for line in lines if line.key is not counting.NOBODY]
        looking.looked_at_all(user, Of.REPORT, theirs)


def _promised(form):
    """What is agreed with the client it is about, if anything is, and within how many seconds is in time."""
    client = form.cleaned_data.get("client") or form.of_client
    agreed = promise.held(client, form.asked.last) if client else None
    return agreed, agreed.answer_seconds if agreed else Firm.current().answer_within_seconds


def _query(form, first, last) -> str:
    kept = {name: form.data.get(name, "") for name in ("by", "client", "secretary") if form.data.get(name)}
    return urlencode({"from_on": first.isoformat(), "until_on": last.isoformat()} | kept)


def _file(request, form, template: str, *, for_firm: bool):
    """The same figures, to keep. That they were taken out is on the ledger."""
    if not form.is_valid():
        return _page(request, form, template, for_firm=for_firm)
    asked: Asked = form.asked
    at, within = clock.now(), timedelta(seconds=_promised(form)[1])
    lines = counting.lines(request.user, asked, within=within, at=at)
    whole = counting.total(request.user, asked, within=within, at=at)
    if for_firm:
        _looked(request.user, asked, lines)
    leaving.record(
        request.user,
        Act.EXPORT,
        asked.client_id,
        ("overview.report", asked.by.value),
        rows=len(lines),
        first=asked.first.isoformat(),
        last=asked.last.isoformat(),
    )
    group = dict(form.fields["by"].choices)[asked.by.value]
    answer = StreamingHttpResponse(
        writing.as_csv(lines, whole, group=str(group), for_firm=for_firm),
        content_type="text/csv; charset=utf-8",
    )
    name = f"report-{asked.first.isoformat()}-{asked.last.isoformat()}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer
