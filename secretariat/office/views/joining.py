"""Where an invitation's link leads: whoever holds it joins, signs in, or asks for a new one."""

from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST
from django.views.defaults import page_not_found

from secretariat import clock
from secretariat.next import see_other
from secretariat.office import inviting
from secretariat.office.forms.joining import JoinForm
from secretariat.office.models import Invitation
from secretariat.office.tries import too_many

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@sensitive_post_parameters("password", "again")
@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def join(request, token):
    """A name and a password, and she is in. Somebody who has a sign-in joins with that one."""
    try:
        invitation = inviting.read(token)
    except Invitation.DoesNotExist:
        return _nothing_here(request)
    if not inviting.is_open(invitation):
        return _gone(request, invitation, token)
    known = inviting.sign_in_of(invitation)
    if known or request.user.is_authenticated:
        return _with_a_sign_in(request, invitation, token, known)
    form = JoinForm(request.POST or None, invitation=invitation)
    if not form.is_valid():
        return render(
            request,
            "office/join.html",
            {"invitation": invitation, "form": form, "token": token},
            status=422 if form.is_bound else 200,
        )
    said = form.cleaned_data
    try:
        user = inviting.accept(invitation, at=clock.now(), name=said["name"], password=said["password"])
    except (inviting.NoLongerOpen, inviting.SomebodyElse):
        return _gone(request, invitation, token)
    login(request, user, backend=BACKEND)
    return see_other(request, "/")


def _with_a_sign_in(request, invitation, token, known):
    hers = known is not None and request.user == known
    if request.method == "POST" and hers:
        try:
            inviting.accept(invitation, at=clock.now(), signed_in=request.user)
        except inviting.NoLongerOpen:
            return _gone(request, invitation, token)
        return see_other(request, "/")
    if request.method == "POST":
        return redirect("join", token)  # which says whose link it is
    context = {"invitation": invitation, "token": token, "hers": hers, "known": known}
    return render(request, "office/join_signed_in.html", context)


@never_cache
@login_not_required
@require_POST
def ask_again(request, token):
    """Her link's time is over: whoever invited her is asked for a new one."""
    try:
        invitation = inviting.read(token)
    except Invitation.DoesNotExist:
        return _nothing_here(request)
    inviting.ask_again(invitation, at=clock.now())
    return redirect(f"{reverse('join', args=[token])}?asked=1")


def _nothing_here(request):
    """For what we never signed. It cannot be guessed; whoever tries all the same is let go after a while."""
    if too_many(request, "join"):
        return render(request, "429.html", status=429)
    return page_not_found(request, None)


def _gone(request, invitation, token):
    invitation.refresh_from_db()
    return render(request, "office/join_gone.html", {"invitation": invitation, "token": token}, status=410)
