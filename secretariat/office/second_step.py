"""Whoever works for the firm signs in with a second step, where the office asks for one (SECOND_STEP)."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.shortcuts import render

SEEN = "second_step_set_up"
SIGNING_IN = "/accounts/"  # where it is set up, and where one signs out


def missing_from(user) -> bool:
    """Whether this person works here and has neither passkey nor app."""
    if not user.roles.works_here:
        return False
    return not second_steps(user).exists()


def second_steps(user):
    """What she can take as the second step. Recovery codes alone are none."""
    return Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES)


class AskForSecondStep:
    """Middleware: a plain page in place of every other until it is set up."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not settings.SECOND_STEP_REQUIRED or not getattr(view, "login_required", True):
            return None
        if not request.user.is_authenticated or request.path.startswith(SIGNING_IN):
            return None
        # The last one cannot be removed (see accounts), so that once seen is enough for a sign-in.
        if request.session.get(SEEN):
            return None
        if missing_from(request.user):
            return render(request, "office/second_step.html", status=403)
        request.session[SEEN] = True
        return None
