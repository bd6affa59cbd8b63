"""What is ours in signing in: nobody signs herself up, and secrets at rest are sealed."""

import base64

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from secretariat import sealing

from . import second_step
from .models import Firm

# One place for all: what is sealed is known by its random nonce, and allauth does not say whose it is.
PLACE = {"table": "mfa_authenticator", "row": "any", "field": "secret"}


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs herself up: the firm and its clients invite."""

    def is_open_for_signup(self, request):
        return False


class MFAAdapter(DefaultMFAAdapter):
    """Passkeys, apps and recovery codes, in the firm's name."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": _(
            "Whoever works here needs one. Add another first, then remove this one."
        ),
        "incorrect_code": _("This is not the code. Wait for the next one and type it."),
    }

    def get_totp_issuer(self):
        return Firm.current().name

    def encrypt(self, text):
        return base64.b64encode(sealing.seal(text.encode(), **PLACE)).decode()

    def decrypt(self, encrypted_text):
        return sealing.unseal(base64.b64decode(encrypted_text), **PLACE).decode()

    def can_delete_authenticator(self, authenticator):
        user = authenticator.user
        if not settings.SECOND_STEP_REQUIRED or not user.roles.works_here:
            return True
        return second_step.second_steps(user).exclude(pk=authenticator.pk).exists()
