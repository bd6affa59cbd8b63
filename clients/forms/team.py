"""Whom the firm puts on a client's team, and in which turn."""

from django import forms
from django.utils.translation import gettext_lazy as _

from clients.models import Assignment
from clients.suggesting import Wished
from secretariat.office import specialities
from secretariat.office.forms.words import FreeWords
from secretariat.office.models import Skill
from secretariat.office.profiles import skills
from secretariat.office.profiles.typing import FASTEST


class AssignForm(FreeWords, forms.Form):
    secretary = forms.UUIDField(widget=forms.HiddenInput)
    turn = forms.ChoiceField(label=_("Turn"), choices=Assignment.Turn)


class WishForm(FreeWords, forms.Form):
    """What would be good to have, as the firm looks for somebody: it ranks, and shuts nobody out."""

    skills = forms.ModelMultipleChoiceField(
        label=_("Skills"),
        queryset=Skill.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    works_in = forms.MultipleChoiceField(
        label=_("Kinds of work"),
        choices=specialities.nameable,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    words_a_minute = forms.IntegerField(
        label=_("Typing, correct words a minute"), min_value=1, max_value=FASTEST, required=False
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["skills"].queryset = skills.known_here(Skill.objects.visible_to(user))

    @property
    def wished(self) -> Wished:
        """Nothing, as long as nothing is said or something is wrong with it."""
        return Wished(**self.cleaned_data) if self.is_bound and self.is_valid() else Wished()
