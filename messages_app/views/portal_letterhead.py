"""The portal's *How your letters look*: what stands on them, who signs, and whether she sees each of them."""

from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from clients.doors import speaks_for_client
from messages_app.forms.letterhead import LetterheadOfHersForm
from messages_app.letters import heading, sheets
from messages_app.views.desk_letterheads import picture_of
from secretariat.next import see_other


@require_http_methods(["GET", "HEAD", "POST"])
@speaks_for_client
def page(request):
    client = request.contact.client
    head = sheets.head_of(client)
    can_be_shown = not heading.why_not(head)
    post = request.POST if request.method == "POST" else None
    form = LetterheadOfHersForm(post, request.FILES or None, instance=head)
    if post is not None and form.is_valid():
        heading.keep(client, **form.said, by=request.user)
        messages.success(request, _("Saved. Letters that you have agreed to stay as they are."))
        return see_other(request, reverse("letters-portal-letterhead"))
    context = {"client": client, "form": form, "can_be_shown": can_be_shown}
    status = 422 if form.errors else 200
    return render(request, "messages_app/portal_letterhead.html", context, status=status)


@require_safe
@speaks_for_client
def picture(request):
    return picture_of(sheets.head_of(request.contact.client))
