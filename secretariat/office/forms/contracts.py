"""What the firm writes into a contract, and what both sides say of it."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from secretariat.office import languages
from secretariat.office.contracts import benefits
from secretariat.office.contracts.notice import How
from secretariat.office.forms.contract_terms import BONUSES, MoneyOfContract
from secretariat.office.forms.fields import DayInput, in_currency
from secretariat.office.forms.words import FreeWords, WordsOfModel
from secretariat.office.models import Contract

# What is written together: its heading, and the fields under it.
GROUPS = (
    (_("Who, what and from when"), ("kind", "partner", "role", "from_on", "until_on", "duties")),
    (
        _("Money"),
        (
            *("currency", "hour", "hour_mail", "hour_other", "waiting", "spoken_in", "spoken"),
            *("piece_call", "piece_mail", "piece_letter", "piece_dictation", "piece_post"),
            *("piece_request", "piece_task", "fixed", "fixed_per", "least", "least_per"),
        ),
    ),
    (
        _("Commission and bonus"),
        (
            *("meeting", "meeting_percent", "meeting_condition", "order", "order_percent", "order_condition"),
            *("lead", "lead_percent", "lead_condition"),
            *("bonus", "bonus_hours", "bonus_2", "bonus_2_hours", "bonus_3", "bonus_3_hours"),
            *("kept", "quality", "quality_percent", "odd", "odd_night", "odd_weekend", "odd_holiday"),
        ),
    ),
    (
        _("What is taken off"),
        (
            *("less", "less_per", "less_for", "less_until"),
            *("reduced", "reduced_for", "reduced_hours", "reduced_until"),
        ),
    ),
    (_("When and how it is paid"), ("step_seconds", "paid_each", "pay_within_days", "pay_method")),
    (
        _("Hours and notice"),
        (
            *("min_hours_week", "max_hours_week", "min_hours_month", "max_hours_month", "trial_hours"),
            *("trial_again_because", "notice_days"),
        ),
    ),
    (
        _("Benefits of an employee"),
        ("holiday", "sickness", "day_off", "medical", "pension", "benefits_from", "benefit_lines"),
    ),
    (_("Rights and duties, in words"), ("rights", "obligations", "confidentiality", "breach")),
)


class ContractForm(WordsOfModel, MoneyOfContract):
    """One version, with its terms of pay. An amount that is left empty is not part of it."""

    class Meta:
        model = Contract
        fields = (
            *("kind", "partner", "role", "duties", "from_on", "until_on", "currency"),
            *("step_seconds", "paid_each", "pay_within_days", "pay_method"),
            *("min_hours_week", "max_hours_week", "min_hours_month", "max_hours_month"),
            *(
                "notice_days",
                "trial_hours",
                "trial_again_because",
                "rights",
                "obligations",
                "confidentiality",
                "breach",
            ),
        )
        widgets = {
            "from_on": DayInput(),
            "until_on": DayInput(),
            "duties": forms.Textarea(attrs={"rows": 4}),
            "rights": forms.Textarea(attrs={"rows": 4}),
            "obligations": forms.Textarea(attrs={"rows": 3}),
            "confidentiality": forms.Textarea(attrs={"rows": 4}),
            "breach": forms.Textarea(attrs={"rows": 3}),
        }

    field_order = [name for _title, names in GROUPS for name in names]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        in_currency(self, self.initial.get("currency", self.instance.currency))
        self.fields["spoken_in"].choices = [("", _("None")), *languages.everywhere()]

    @property
    def groups(self) -> list[tuple]:
        """Its fields by what they are about."""
        return [(title, [self[name] for name in names]) for title, names in GROUPS]

    def clean_currency(self):
        currency = self.cleaned_data["currency"].upper()
        if len(currency) != 3 or not currency.isalpha():
            raise forms.ValidationError(_("Three letters, as in GBP."))
        return currency

    def clean_benefit_lines(self):
        found = []
        for line in self.cleaned_data["benefit_lines"].splitlines():
            words, amount, begins = ([each.strip() for each in line.split(";")] + ["", ""])[:3]
            if not words:
                continue
            try:
                begins = date.fromisoformat(begins).isoformat() if begins else ""
            except ValueError:
                raise forms.ValidationError(_("Write the day as in 2026-12-01.")) from None
            found.append({"words": words, "amount": amount, "from": begins})
        return found

    def clean(self):
        said = super().clean()
        if said.get("kind") != Contract.Kind.TRIAL:
            said["trial_again_because"] = ""
        self._say_benefits(said)
        self._say_commission(said)
        self._say_bonuses(said)
        self._say_what_is_taken_off(said)
        return said

    def _say_commission(self, said: dict) -> None:
        """Each outcome earns an amount or a share, and a share says from when on it is earned."""
        both = {
            "meeting": _("A meeting earns an amount or a percentage, not both."),
            "order": _("An order earns an amount or a percentage, not both."),
            "lead": _("A lead earns an amount or a percentage, not both."),
        }
        for name, words in both.items():
            if said.get(name) and said.get(f"{name}_percent"):
                self.add_error(f"{name}_percent", words)
            if said.get(f"{name}_percent") and not said.get(f"{name}_condition"):
                self.add_error(f"{name}_condition", _("Say when it counts, as in: once it is paid."))

    def _say_bonuses(self, said: dict) -> None:
        """Each says from when on it is earned, and no two from the same hours on."""
        taken = set()
        for name in BONUSES:
            field, hours = f"{name}_hours", said.get(f"{name}_hours")
            if hours is None:
                self._say_the_rest(said, name, field, _("Say from how many hours on."))
            elif not said.get(name):
                self._say_the_rest(said, field, name, _("Say how much, or take the hours out."))
            elif hours in taken:
                self.add_error(field, _("Another bonus begins at as many hours. Put them together."))
            else:
                taken.add(hours)
        for name, of, words in (
            ("quality", "quality_percent", _("Say from how many percent on.")),
            ("spoken", "spoken_in", _("Say in which language.")),
        ):
            self._say_the_rest(said, name, of, words)
            self._say_the_rest(said, of, name, _("Say how much, or take out the rest of it."))

    def _say_the_rest(self, said: dict, name: str, missing: str, words) -> None:
        """Where one is said and not the other. What is wrong in itself has its own sentence."""
        nothing = (None, "")
        if said.get(name) not in nothing and said.get(missing) in nothing and missing not in self.errors:
            self.add_error(missing, words)

    def _say_what_is_taken_off(self, said: dict) -> None:
        """Each says for what, and ends within the contract. Words without an amount are not lost silently."""
        first = said.get("from_on")
        for name in ("less", "reduced"):
            what, until = said.get(f"{name}_for"), said.get(f"{name}_until")
            if said.get(name) and not what:
                self.add_error(f"{name}_for", _("Say for what: she reads it before she signs."))
            if what and not said.get(name) and name not in self.errors:
                self.add_error(name, _("Say how much is taken off, or take the words out."))
            if until and first and until < first:
                self.add_error(f"{name}_until", _("This day is before the contract begins."))

    def _say_benefits(self, said: dict) -> None:
        """By a rule, or in words; an employee's alone."""
        begins = said["benefits_from"].isoformat() if said.get("benefits_from") else ""
        by_rule = [
            {"of": str(of), "each": str(said[of]), "from": begins} for of in benefits.Of if said.get(of)
        ]
        self._say_days_off(said)
        carried = by_rule + (said.get("benefit_lines") or [])
        if carried and said.get("kind") != Contract.Kind.EMPLOYEE:
            named = "benefit_lines" if said.get("benefit_lines") else by_rule[0]["of"]
            self.add_error(named, _("Only an employee’s contract carries benefits."))
        else:
            self.instance.benefits = carried

    def _say_days_off(self, said: dict) -> None:
        """Nothing is earned by the hour or the piece on a day away: what it is paid is said beforehand."""
        is_away = said.get("holiday") or said.get("sickness")
        if said.get("day_off") and said.get("kind") != Contract.Kind.EMPLOYEE:
            self.add_error("day_off", _("Only an employee’s contract carries benefits."))
        elif said.get("day_off") and not is_away:
            self.add_error("day_off", _("Say how many days of holiday or sickness a year are paid."))
        elif is_away and not said.get("day_off") and not said.get("fixed") and "day_off" not in self.errors:
            self.add_error("day_off", _("Say what a day away is paid: by the hour nothing is earned on it."))


class SigningForm(FreeWords, forms.Form):
    """A name typed, and a tick: the signature. The hash says under which paper."""

    name = forms.CharField(label=_("Your full name"), max_length=120)
    agreed = forms.BooleanField(
        label=_("I have read the whole contract and agree to it."),
        error_messages={"required": _("Tick this to sign.")},
    )
    sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64)


class WordForm(FreeWords, forms.Form):
    words = forms.CharField(
        label=_("Ask, or answer"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write what you want to know or to say.")},
    )


class RefuseForm(FreeWords, forms.Form):
    because = forms.CharField(
        label=_("Why your company does not want it as it is"),
        help_text=_("The firm and the secretary read it."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say what should be different.")},
    )


class EndForm(FreeWords, forms.Form):
    """The last day of a contract or an agreement, how it comes to its end, and why."""

    on = forms.DateField(label=_("Its last day"), widget=DayInput())
    how = forms.ChoiceField(label=_("How it ends"), choices=How, initial=How.NOTICE, required=False)
    because = forms.CharField(
        label=_("Why"),
        help_text=_("The other side reads it. For an end at once: what happened."),
        max_length=200,
        error_messages={"required": _("Say why; it is kept.")},
    )

    def clean_how(self):
        return self.cleaned_data["how"] or How.NOTICE


class NoticeForm(FreeWords, forms.Form):
    """The other side's own word that it ends."""

    on = forms.DateField(label=_("The last day"), widget=DayInput())
    because = forms.CharField(
        label=_("Why, if you like to say it"),
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    sure = forms.BooleanField(
        label=_("I want to end it on that day."),
        error_messages={"required": _("Tick this to give notice.")},
    )
