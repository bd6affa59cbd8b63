"""Incoming post at the desk: noted as it comes, scanned, passed on, and its paper followed."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clients import stretches
from clients.models import Client, WorkRecord
from messages_app.forms.post import CameForm, LeftForm, LiesForm, ScanForm
from messages_app.incoming_post import opening, receiving
from messages_app.models import PostRules, ReceivedPost
from messages_app.views.letter_acts import uuid_of, version_shown
from secretariat import clock, ledger, media
from secretariat.next import see_other
from secretariat.office.guards import secretary_required
from secretariat.paging import page

SHOWN = {
    "": {"state": ReceivedPost.State.CAME},
    "here": {"paper": ReceivedPost.Paper.HERE},
    "all": {},
}


@secretary_required
@require_safe
def index(request):
    """What is to be passed on; whose paper is still here; or everything."""
    show = request.GET.get("show", "")
    show = show if show in SHOWN else ""
    rows = ReceivedPost.objects.visible_to(request.user).filter(**SHOWN[show]).select_related("client")
    listed = page(rows, newest_by="came_at", after=request.GET.get("after", ""))
    return render(request, "messages_app/post/index.html", {"page": listed, "show": show})


@secretary_required
@require_http_methods(["GET", "POST"])
def new(request):
    """Whose it is, then what came."""
    at = clock.now()
    ruled = PostRules.objects.visible_to(request.user).values("client")
    clients = Client.objects.visible_to(request.user).filter(is_active=True, pk__in=ruled)
    asked = request.POST.get("client") or request.GET.get("client")
    if not asked:
        return render(request, "messages_app/post/for_whom.html", {"clients": clients})
    client = get_object_or_404(clients, pk=uuid_of(asked))
    form = CameForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        post = receiving.note(client, by=request.user, at=at, **form.cleaned_data)
        _keep_seconds(request, post, at=at)
        return see_other(request, reverse("post-one", args=[post.pk]))
    context = {"client": client, "form": form, "began": stretches.began(request)}
    return render(request, "messages_app/post/new.html", context, status=422 if form.errors else 200)


@secretary_required
@require_safe
def detail(request, post_id):
    return _show(request, _post(request, post_id))


@secretary_required
@require_POST
def scan(request, post_id):
    post = _post(request, post_id)
    form = ScanForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, post, scan=form, status=422)
    said, at = form.cleaned_data, clock.now()
    facts = {"version": version_shown(request), "by": request.user, "at": at}
    try:
        receiving.scan(post, said["file"], opened=said["opened"], **facts)
    except receiving.NotAllowed as refusal:
        form.add_error("opened", str(refusal))
        return _show(request, post, scan=form, status=422)
    except receiving.NotAsSeen:
        messages.error(request, _("Somebody did something with it meanwhile. The scan was not kept."))
    else:
        _keep_seconds(request, post, at=at)
        messages.success(request, _("The scan is kept."))
    return _there(request, post)


@secretary_required
@require_POST
def pass_on(request, post_id):
    post = _post(request, post_id)
    at = clock.now()
    try:
        is_told = receiving.pass_on(post, version=version_shown(request), by=request.user, at=at)
    except receiving.NotAsSeen:
        messages.error(request, _("It was passed on already, or changed. Nothing was done."))
    else:
        _keep_seconds(request, post, at=at)
        if is_told:
            messages.success(request, _("The client is told."))
        else:
            words = _("No mail gets to the client: ring. It stands under Work until it is done.")
            messages.warning(request, words)
    return _there(request, post)


@secretary_required
@require_POST
def lies(request, post_id):
    post = _post(request, post_id)
    form = LiesForm(request.POST)
    if not form.is_valid():
        return _show(request, post, lies=form, status=422)
    facts = {"version": version_shown(request), "by": request.user}
    try:
        receiving.lies(post, place=form.cleaned_data["place"], **facts)
    except receiving.NotAsSeen:
        messages.error(request, _("Somebody did something with it meanwhile. Nothing was written down."))
    else:
        _keep_seconds(request, post, at=clock.now())
    return _there(request, post)


@secretary_required
@require_POST
def left(request, post_id):
    """The paper has left us."""
    post = _post(request, post_id)
    form = LeftForm(request.POST, request.FILES, currency=post.client.currency)
    if not form.is_valid():
        return _show(request, post, left=form, status=422)
    at, said = clock.now(), form.cleaned_data
    facts = {"version": version_shown(request), "by": request.user, "at": at}
    paid = {"envelope": form.envelope(), "proof": said["proof"]}
    try:
        receiving.leave(post, paper=said["paper"], tracking=said["tracking"], **paid, **facts)
    except receiving.NotAllowed as refusal:
        form.add_error("paper", str(refusal))
        return _show(request, post, left=form, status=422)
    except receiving.NotAsSeen:
        messages.error(request, _("Somebody did something with it meanwhile. Nothing was written down."))
    else:
        _keep_seconds(request, post, at=at)
    return _there(request, post)


def scan_of(post: ReceivedPost) -> str:
    """Where its scan is read by those who may; empty while there is none, or no longer."""
    file = media.kept(post.scan_id)
    return media.url(file) if file else ""


def _show(request, post, *, scan=None, lies=None, left=None, status=200):
    post.refresh_from_db()
    ledger.looked(request.user, post.client_id, (receiving.SUBJECT, post.pk))
    its = receiving.rules_of(post.client)
    goes = receiving.goes_to(post, its)
    context = {
        "post": post,
        "client": post.client,
        "rules": its,
        "goes": goes,
        "may_open": opening.may_be(post, its),
        "openers": opening.openers(its) if its else None,
        "leave_closed": opening.why_not(post, its, by=request.user),
        "scan": scan_of(post),
        "scan_form": scan or ScanForm(),
        "lies_form": lies or LiesForm(initial={"place": post.place}),
        "left_form": left
        or LeftForm(initial={"paper": goes} if goes else None, currency=post.client.currency),
        "began": stretches.began(request),
    }
    return render(request, "messages_app/post/detail.html", context, status=status)


def _post(request, post_id) -> ReceivedPost:
    rows = ReceivedPost.objects.visible_to(request.user)
    rows = rows.select_related("client", "noted_by", "opened_by", "wished_by", "posting")
    return get_object_or_404(rows, pk=post_id)


def _there(request, post):
    return see_other(request, reverse("post-one", args=[post.pk]))


def _keep_seconds(request, post, *, at) -> None:
    stretches.keep(
        request,
        kind=WorkRecord.Kind.POST,
        client_id=post.client_id,
        subject=(receiving.SUBJECT, post.pk),
        at=at,
    )
