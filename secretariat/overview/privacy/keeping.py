"""How long what callers said is kept, in the words of the client's page."""

from django.utils.translation import gettext as _


def in_force() -> list[tuple[str, str]]:
    """What, and how long."""
    return [
        (_("Calls and messages"), _("while we answer for you")),
        (_("Voicemails"), _("while we answer for you")),
        (_("What the carrier sent us, as it came"), _("a day after it is dealt with")),
        (_("Who looked at what"), _("for good")),
        (_("A copy of your data"), _("a week, or until it is fetched")),
    ]
