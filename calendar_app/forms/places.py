"""A place where the client meets people."""

from django import forms
from django.utils.translation import gettext_lazy as _

from calendar_app.models import Place
from secretariat.office.forms.words import FreeWords


class PlaceForm(FreeWords, forms.ModelForm):
    link = forms.URLField(label=_("Link"), max_length=500, required=False, assume_scheme="https")

    class Meta:
        model = Place
        fields = ["kind", "name", "address", "link", "directions"]
        labels = {
            "kind": _("What it is"),
            "name": _("Name"),
            "address": _("Address"),
            "directions": _("How to get there"),
        }
        help_texts = {
            "directions": _("Stands in invitations, reminders and your agenda: parking, entrance, bell."),
        }
        widgets = {
            "address": forms.Textarea(attrs={"rows": 3}),
            "directions": forms.Textarea(attrs={"rows": 3}),
        }

    def clean(self):
        cleaned = super().clean()
        kind, errors = cleaned.get("kind"), self.errors
        if kind == Place.Kind.VIDEO and not cleaned.get("link") and "link" not in errors:
            self.add_error("link", _("A video room needs its link."))
        if kind == Place.Kind.ADDRESS and not cleaned.get("address") and "address" not in errors:
            self.add_error("address", _("Say where it is."))
        return cleaned
