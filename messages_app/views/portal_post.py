"""Post in the portal: what came, what it says, where the paper is, and what is to be done with it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clients.doors import speaks_for_client
from messages_app.forms.post import PostRulesForm, PostWishForm
from messages_app.incoming_post import opening, receiving, telling
from messages_app.models import PostRules, ReceivedPost
from messages_app.views.desk_post import scan_of
from messages_app.views.letter_acts import version_shown
from secretariat import clock, ledger
from secretariat.next import see_other
from secretariat.paging import page


@require_safe
@speaks_for_client
def index(request):
    listed = page(_hers(request), newest_by="came_at", after=request.GET.get("after", ""))
    client = request.contact.client
    context = {"client": client, "page": listed, "rules": receiving.rules_of(client)}
    return render(request, "messages_app/post/portal_index.html", context)


@require_safe
@speaks_for_client
def detail(request, post_id):
    return _show(request, get_object_or_404(_hers(request), pk=post_id), PostWishForm())


@require_POST
@speaks_for_client
def wish(request, post_id):
    post = get_object_or_404(_hers(request), pk=post_id)
    form = PostWishForm(request.POST)
    if not form.is_valid():
        return _show(request, post, form, status=422)
    who = {"contact": request.contact, "by": request.user, "at": clock.now()}
    try:
        receiving.wish(post, form.cleaned_data["wish"], version=version_shown(request), **who)
    except receiving.NotAsSeen:
        messages.error(request, _("Something was done with it meanwhile. Read where it stands now."))
    else:
        messages.success(request, _("Your secretary knows."))
    return see_other(request, reverse("post-portal-one", args=[post.pk]))


@require_http_methods(["GET", "POST"])
@speaks_for_client
def rules(request):
    """What we may do with her post. Where it comes to is the firm's to say."""
    its = get_object_or_404(PostRules.objects.visible_to(request.user), client=request.contact.client)
    people = opening.answering_for(request.contact.client)
    form = PostRulesForm(request.POST if request.method == "POST" else None, instance=its, people=people)
    if form.is_valid():
        form.save()
        ledger.record(
            "post.rules_changed",
            actor_id=request.user.pk,
            client_id=its.client_id,
            subject=("messages_app.postrules", its.pk),
            detail={
                "opens": its.opens,
                "by": its.opened_by,
                "named": [each.pk for each in its.openers.all()],
                "then": its.then,
            },
        )
        messages.success(request, _("Saved."))
        return see_other(request, reverse("post-portal"))
    context = {"client": request.contact.client, "form": form, "rules": its}
    return render(request, "messages_app/post/portal_rules.html", context, status=422 if form.errors else 200)


def _hers(request):
    rows = ReceivedPost.objects.visible_to(request.user).filter(client=request.contact.client)
    return rows.select_related("client", "wished_by", "posting")


def _show(request, post, form, status=200):
    ledger.looked(request.user, post.client_id, (receiving.SUBJECT, post.pk))
    telling.heard(post, by=request.user)
    context = {"client": post.client, "post": post, "scan": scan_of(post), "form": form}
    return render(request, "messages_app/post/portal_one.html", context, status=status)
