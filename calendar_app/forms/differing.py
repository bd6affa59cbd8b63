"""What is typed where two versions of a meeting differ, or something else has come to stand beside it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from secretariat.office.forms.words import FreeWords

from .arranging import WhenForm


class VersionForm(WhenForm):
    """A version of its own, made of both."""

    about = forms.CharField(label=_("About what"), max_length=200)
    where = forms.CharField(label=_("Where"), max_length=240, required=False)
    field_order = ["about", "on", "at", "minutes", "where"]

    def __init__(self, *args, lasts: int, **kwargs):
        super().__init__(*args, **kwargs)
        lengths = dict(self.fields["minutes"].choices)
        if lasts and lasts not in lengths:
            lengths[lasts] = _("%(n)s min") % {"n": lasts}
            self.fields["minutes"].choices = sorted(lengths.items())


class StandForm(FreeWords, forms.Form):
    because = forms.CharField(
        label=_("Why both may stand"),
        max_length=200,
        error_messages={"required": _("Say why. It stands with the meeting, for everybody who looks.")},
    )
