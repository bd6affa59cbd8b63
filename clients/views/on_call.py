"""The portal's on-call lists: who is on call now and next, changed, withdrawn, and said again."""

from datetime import timedelta

from django.contrib import messages
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clients import check_up, rostering
from clients.doors import speaks_for_client
from clients.forms.on_call import OnCallForm, ReplacementForm
from clients.models import Contact, OnCallList, OnCallReplacement
from clients.on_call import on_call
from secretariat import clock
from secretariat.next import see_other

NEXT_TURNS = 7
OLDER_SHOWN = 10
A_MONTH = timedelta(days=31)


@require_GET
@speaks_for_client
def page(request):
    at, client = clock.now(), request.contact.client
    versions = list(_lists(request).order_by("name", "-written_at", "-pk"))
    coming = _replacements(request).filter(ended_at=None, until_at__gt=at)
    rosters = {each.series: each for each in rostering.rosters(client, at=at)}
    names = dict(Contact.objects.visible_to(request.user).filter(client=client).values_list("pk", "name"))
    shown = [
        {
            "row": row,
            "people": [place.contact for place in row.places.all()],
            "next": _turns(rosters[row.series], at, names),
            "replacements": [each for each in coming if each.series == row.series],
            "older": _older(row, versions)[:OLDER_SHOWN],
        }
        for row in versions
        if row.replaced_at is None
    ]
    held = {each["row"].series for each in shown}
    withdrawn = {each.series: each for each in reversed(versions) if each.series not in held}
    context = {
        "client": client,
        "lists": shown,
        "withdrawn": withdrawn.values(),
        "warnings": check_up.of_on_call(client, at=at),
    }
    return render(request, "clients/on_call.html", context)


def _older(row, versions) -> list[OnCallList]:
    return [each for each in versions if each.series == row.series and each.replaced_at]


def _turns(roster, at, names) -> list[dict]:
    """Who is on call now and in the stretches after, as far as they can be told apart."""
    found, moment, end = [], at, at + A_MONTH
    while moment and moment < end and len(found) < NEXT_TURNS:
        told = on_call(roster, moment)
        people = [names[each] for each in told.people]
        found.append({"from_at": moment, "until_at": told.until_at, "people": people})
        moment = told.until_at
    return found


@require_http_methods(["GET", "POST"])
@speaks_for_client
def write(request):
    at, client = clock.now(), request.contact.client
    form = OnCallForm(request.POST or None, client=client, user=request.user, at=at)
    if request.method == "GET" or not form.is_valid():
        return _form_page(request, form)
    rostering.write(client, by=request.user, at=at, **form.words)
    return _saved(request, at)


@require_http_methods(["GET", "POST"])
@speaks_for_client
def change(request, list_id):
    at, row = clock.now(), _one(request, list_id)
    form = OnCallForm(request.POST or None, client=row.client, user=request.user, row=row, at=at)
    if row.replaced_at and request.method == "GET":
        return _superseded(request)
    if request.method == "GET" or not form.is_valid():
        return _form_page(request, form, row)
    try:
        rostering.change(row, by=request.user, at=at, **form.words)
    except rostering.NoLongerHolds:
        return _superseded(request)
    return _saved(request, at)


@require_http_methods(["GET", "POST"])
@speaks_for_client
def withdraw(request, list_id):
    row = _one(request, list_id)
    if request.method == "GET":
        return render(request, "clients/on_call_withdraw.html", {"client": row.client, "row": row})
    try:
        rostering.withdraw(row, by=request.user, at=clock.now())
    except rostering.NoLongerHolds:
        return _superseded(request)
    messages.success(request, _("Withdrawn. It is kept below and can be brought back."))
    return see_other(request, reverse("on-call"))


@require_POST
@speaks_for_client
def restore(request, list_id):
    """What an older version said holds again."""
    at, row = clock.now(), _one(request, list_id)
    if row.replaced_at is None:
        return _superseded(request)
    try:
        rostering.restore(row, by=request.user, at=at)
    except rostering.NoLongerHolds:
        return _superseded(request)
    return _saved(request, at)


@require_http_methods(["GET", "POST"])
@speaks_for_client
def replace(request, list_id):
    """For some days others are on call."""
    at, row = clock.now(), _one(request, list_id)
    form = ReplacementForm(request.POST or None, client=row.client, user=request.user, row=row, at=at)
    if request.method == "GET" or not form.is_valid():
        return _form_page(request, form, row, "clients/on_call_replace.html")
    rostering.replace(row, by=request.user, at=at, **form.words)
    return _saved(request, at)


@require_POST
@speaks_for_client
def take_back(request, replacement_id):
    at = clock.now()
    row = get_object_or_404(_replacements(request), pk=replacement_id)
    if rostering.take_back(row, by=request.user, at=at):
        messages.success(request, _("Taken back. The people of the list are on call then."))
    return see_other(request, reverse("on-call"))


def _lists(request):
    lists = OnCallList.objects.visible_to(request.user).filter(client=request.contact.client_id)
    return lists.select_related("client", "written_by", "replaced_by").prefetch_related("places__contact")


def _replacements(request):
    rows = OnCallReplacement.objects.visible_to(request.user).filter(client=request.contact.client_id)
    return rows.prefetch_related("places__contact")


def _one(request, list_id):
    return get_object_or_404(_lists(request), pk=list_id)


def _form_page(request, form, row=None, template="clients/on_call_form.html"):
    context = {"form": form, "client": request.contact.client, "row": row}
    return render(request, template, context, status=422 if form.is_bound else 200)


def _saved(request, at):
    messages.success(request, _("Saved. The very next urgent message follows it."))
    for sentence in check_up.of_on_call(request.contact.client, at=at):
        messages.warning(request, sentence)
    return see_other(request, reverse("on-call"))


def _superseded(request):
    """Somebody was quicker: show what holds now."""
    messages.warning(request, _("This list was changed meanwhile. Here is what holds now."))
    return see_other(request, reverse("on-call"))
