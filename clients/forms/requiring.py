"""What a client requires of whoever answers for her."""

from django import forms
from django.utils.translation import gettext_lazy as _

from clients.models import ClientRequirement
from secretariat.office import languages
from secretariat.office.forms.words import FreeWords
from secretariat.office.models import SecretaryLanguage, Training
from secretariat.office.profiles.typing import FASTEST


class RequirementForm(FreeWords, forms.Form):
    """One training, one language at a level, or a speed at the keyboard."""

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
    words_a_minute = forms.IntegerField(
        label=_("Or typing, correct words a minute"),
        help_text=_("By our own typing test."),
        min_value=1,
        max_value=FASTEST,
        required=False,
    )
    anyway = forms.BooleanField(label=_("Require it although nobody has it yet"), required=False)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["training"].queryset = Training.objects.visible_to(user)
        self.fields["language"].choices = [("", _("None")), *languages.everywhere()]

    def clean(self):
        said = super().clean()
        chosen = [name for name in ("training", "language", "words_a_minute") if said.get(name)]
        if len(chosen) > 1:
            words = _("One at a time: a training, a language, or a speed of typing.")
            self.add_error(chosen[1], words)
        elif not chosen and not self.errors:
            self.add_error("training", _("Choose a training, a language with its level, or a speed."))
        elif said.get("language") and not said.get("level"):
            self.add_error("level", _("Say how well."))
        return said

    def row(self, client) -> ClientRequirement:
        said = self.cleaned_data
        level = said["level"] if said["language"] else None
        return ClientRequirement(
            client=client,
            training=said["training"],
            language=said["language"],
            level=level,
            words_a_minute=said["words_a_minute"],
        )
