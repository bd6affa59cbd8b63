"""What a client requires of whoever answers for her."""

from django import forms
from django.utils.translation import gettext_lazy as _

from clients.models import ClientRequirement
from secretariat.office import languages
from secretariat.office.forms.words import FreeWords
from secretariat.office.models import SecretaryLanguage, Training


class RequirementForm(FreeWords, forms.Form):
    """One training, or one language at a level."""

    training = forms.ModelChoiceField(
        label=_("A training with a checked certificate"),
        queryset=Training.objects.none(),
        required=False,
        empty_label=_("None"),
    )
    language = forms.ChoiceField(label=_("Or a language"), required=False)
    level = forms.TypedChoiceField(
        label=_("At least"),
        choices=SecretaryLanguage.Level.choices,
        coerce=int,
        empty_value=None,
        required=False,
    )
    anyway = forms.BooleanField(label=_("Require it although nobody has it yet"), required=False)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["training"].queryset = Training.objects.visible_to(user)
        self.fields["language"].choices = [("", _("None")), *languages.everywhere()]

    def clean(self):
        said = super().clean()
        if said.get("training") and said.get("language"):
            self.add_error("language", _("One at a time: a training, or a language."))
        elif not said.get("training") and not said.get("language") and not self.errors:
            self.add_error("training", _("Choose a training, or a language with its level."))
        elif said.get("language") and not said.get("level"):
            self.add_error("level", _("Say how well."))
        return said

    def row(self, client) -> ClientRequirement:
        said = self.cleaned_data
        level = said["level"] if said["language"] else None
        return ClientRequirement(
            client=client, training=said["training"], language=said["language"], level=level
        )
