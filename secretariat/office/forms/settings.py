from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from secretariat.office import keys
from secretariat.office.forms.words import FreeWords
from secretariat.office.models import User

from .fields import ZoneField


class DeskSettingsForm(FreeWords, forms.Form):
    """How somebody's desk looks, sounds and is worked."""

    theme = forms.ChoiceField(
        label=gettext_lazy("Colours"), choices=User.Theme.choices, required=False, widget=forms.RadioSelect
    )
    zone = ZoneField(label=gettext_lazy("Show times as in"))
    ring_volume = forms.IntegerField(
        label=gettext_lazy("How loud it rings, in percent"),
        min_value=10,
        max_value=100,
        widget=forms.NumberInput(attrs={"type": "range", "step": "10", "data-ring-volume": ""}),
    )
    letter_keys = forms.BooleanField(
        label=gettext_lazy("Single letters and digits are keys outside fields"), required=False
    )

    def __init__(self, *args, user: User, **kwargs):
        initial = {name: getattr(user, name) for name in ("theme", "zone", "ring_volume", "letter_keys")}
        hers = keys.in_force(user.keys)
        initial |= {self.name_of(key): hers[key.ours] for key in keys.KEYS}
        super().__init__(*args, initial=initial, **kwargs)
        for key in keys.KEYS:
            off = [("", _("Off"))]
            self.fields[self.name_of(key)] = forms.ChoiceField(
                label=key.does, choices=[(each, each) for each in key.may_be] + off, required=False
            )

    @staticmethod
    def name_of(key: keys.Key) -> str:
        return f"key_{keys.KEYS.index(key)}"

    def clean(self):
        given = super().clean()
        chosen = {key.ours: given.get(self.name_of(key), "") for key in keys.KEYS}
        for key, other in keys.conflicts(chosen):
            words = {"one": key.does, "other": other.does, "key": chosen[key.ours]}
            said = _("“%(one)s” and “%(other)s” both have %(key)s. Give one of them another key.") % words
            self.add_error(self.name_of(other), said)
        self.chosen = chosen
        return given

    @cached_property
    def key_fields(self) -> list:
        """The fields of the keys, those that work inside fields first."""
        return [self[self.name_of(key)] for key in keys.KEYS]

    def save(self, user: User) -> None:
        """Keep it with the person, so that it is so on every computer."""
        for name in ("theme", "zone", "ring_volume", "letter_keys"):
            setattr(user, name, self.cleaned_data[name])
        user.keys = keys.changes(self.chosen)
        user.save(update_fields=["theme", "zone", "ring_volume", "letter_keys", "keys"])
