"""What the firm writes into a contract, and what both sides say of it."""

from datetime import date
from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from secretariat.office.contracts import benefits
from secretariat.office.contracts.notice import How
from secretariat.office.forms.fields import DayInput, FigureField, MoneyField, in_currency
from secretariat.office.forms.words import FreeWords, WordsOfModel
from secretariat.office.models import Contract
from secretariat.office.pay import By, Term
from secretariat.office.pay_counting import Per

PERIODS = [(Per.WEEK, _("a week")), (Per.MONTH, _("a month")), (Per.YEAR, _("a year"))]
SHORT_PERIODS = PERIODS[:2]
# field → (what it pays for, of what)
AMOUNTS = {
    "hour": (By.HOUR, ""),
    "hour_mail": (By.HOUR, "mail"),
    "hour_other": (By.HOUR, "other"),
    "waiting": (By.WAITING, ""),
    "day_off": (By.DAY_OFF, ""),
    "kept": (By.KEPT, ""),
    "odd": (By.ODD, ""),
    "piece_call": (By.PIECE, "call"),
    "piece_mail": (By.PIECE, "mail"),
    "piece_task": (By.PIECE, "task"),
    "meeting": (By.OUTCOME, "meeting"),
    "order": (By.OUTCOME, "order"),
    "lead": (By.OUTCOME, "lead"),
    "order_percent": (By.SHARE, "order"),
}
EARNS = (By.OUTCOME, By.SHARE)
# What is written together: its heading, and the fields under it.
GROUPS = (
    (_("Who, what and from when"), ("kind", "partner", "role", "from_on", "until_on", "duties")),
    (
        _("Money"),
        (
            *(
                "currency",
                "hour",
                "hour_mail",
                "hour_other",
                "waiting",
                "piece_call",
                "piece_mail",
                "piece_task",
            ),
            *("fixed", "fixed_per", "least", "least_per"),
        ),
    ),
    (
        _("Commission and bonus"),
        (
            *("meeting", "order", "order_percent", "lead", "condition"),
            *("bonus", "bonus_hours", "kept", "odd"),
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
            "notice_days",
        ),
    ),
    (
        _("Benefits of an employee"),
        ("holiday", "sickness", "day_off", "medical", "pension", "benefits_from", "benefit_lines"),
    ),
    (_("Rights and duties, in words"), ("rights", "obligations", "confidentiality", "breach")),
)


def _amount(label, **more):
    return MoneyField(**_figure(label, 4, **more))


def _figure(label, decimal_places, *, max_digits=12, **more) -> dict:
    """Above nought, or left empty."""
    least = Decimal(1).scaleb(-decimal_places)
    facts = {"max_digits": max_digits, "decimal_places": decimal_places, "min_value": least}
    return facts | {"label": label, "required": False} | more


def _for_what(label, help_text):
    return forms.CharField(label=label, help_text=help_text, max_length=240, required=False)


def _last_day():
    return forms.DateField(
        label=_("The last day on which it is taken off"),
        help_text=_("Empty: as long as the contract holds, or the hours that are said."),
        widget=DayInput(),
        required=False,
    )


def _benefit(label, *, of=FigureField, **more):
    return of(**_figure(label, 2, max_digits=8, **more))


class ContractForm(WordsOfModel):
    """One version, with its terms of pay. An amount that is left empty is not part of it."""

    hour = _amount(_("Money an hour at work"))
    hour_mail = _amount(_("An hour of writing mail, where it differs"))
    hour_other = _amount(_("An hour of other work, where it differs"))
    waiting = _amount(
        _("An hour on shift with nothing to do"),
        help_text=_("Empty: only time at work is paid. Breaks are not, in any case."),
    )
    piece_call = _amount(_("For each call"))
    piece_mail = _amount(_("For each mail answered"))
    piece_task = _amount(_("For each other task"))
    fixed = _amount(_("A fixed amount"))
    fixed_per = forms.ChoiceField(label=_("The fixed amount is for"), choices=PERIODS, required=False)
    meeting = _amount(_("Commission: an amount for each meeting booked"))
    order = _amount(_("Commission: an amount for each order"))
    order_percent = FigureField(**_figure(_("Commission: percent of each order"), 4, max_value=100))
    lead = _amount(_("Commission: an amount for each lead"))
    condition = forms.CharField(
        label=_("Commission is earned on condition that"), max_length=240, required=False
    )
    bonus = _amount(_("Bonus, each time she is paid"))
    bonus_hours = FigureField(
        **_figure(_("The bonus is earned from so many hours at work"), 2, max_digits=6, min_value=0)
    )
    kept = _amount(
        _("Bonus when every planned shift was kept, each time she is paid"),
        help_text=_("Kept is: she came and stayed as planned, or is excused."),
    )
    odd = _amount(_("For each shift in the evening, at night or at a weekend that was kept"))
    least = _amount(_("What she is paid at the least"))
    least_per = forms.ChoiceField(label=_("The least is for"), choices=SHORT_PERIODS, required=False)
    less = _amount(_("Taken off: an amount"))
    less_per = forms.ChoiceField(
        label=_("This amount is taken off for"), choices=SHORT_PERIODS, required=False
    )
    less_for = _for_what(_("For what it is taken off"), _("As in: the computer that is lent to you."))
    less_until = _last_day()
    reduced = FigureField(
        **_figure(
            _("Taken off: percent of what time and pieces come to"),
            2,
            max_digits=6,
            max_value=Decimal("99.99"),
        )
    )
    reduced_for = _for_what(_("For what these percent are taken off"), _("As in: the time of your training."))
    reduced_hours = FigureField(**_figure(_("For the first so many hours at work"), 2, max_digits=6))
    reduced_until = _last_day()
    holiday = _benefit(_("Benefits of an employee: paid holiday, days a year"), max_value=366)
    sickness = _benefit(_("Paid sickness, days each year"), max_value=366)
    day_off = _amount(
        _("What such a day is paid, Monday to Friday"),
        help_text=_("Empty where a fixed amount goes on while she is away."),
    )
    medical = _benefit(_("Medical cover, money the firm pays a month"), of=MoneyField)
    pension = _benefit(_("Pension, percent of her pay that the firm pays in"), max_value=100)
    benefits_from = forms.DateField(
        label=_("These begin on"),
        help_text=_("Empty: with the contract. What she had earned before stays hers."),
        widget=DayInput(),
        required=False,
    )
    benefit_lines = forms.CharField(
        label=_("Other benefits of an employee, one a line"),
        help_text=_("What; how much; from which day. As in: Training; 3 days a year; 2026-12-01"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        required=False,
    )

    class Meta:
        model = Contract
        fields = (
            *("kind", "partner", "role", "duties", "from_on", "until_on", "currency"),
            *("step_seconds", "paid_each", "pay_within_days", "pay_method"),
            *("min_hours_week", "max_hours_week", "min_hours_month", "max_hours_month"),
            *("notice_days", "trial_hours", "rights", "obligations", "confidentiality", "breach"),
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
        self._say_benefits(said)
        if said.get("order") and said.get("order_percent"):
            self.add_error("order_percent", _("An order earns an amount or a percentage, not both."))
        if said.get("bonus") and said.get("bonus_hours") is None:
            self.add_error("bonus_hours", _("Say from how many hours on."))
        if said.get("order_percent") and not said.get("condition"):
            self.add_error("condition", _("Say when an order counts, as in: once it is paid."))
        self._say_what_is_taken_off(said)
        return said

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

    @property
    def terms(self) -> list[Term]:
        """Its terms of pay, as the pure rules read them."""
        said = self.cleaned_data
        found = [
            Term(by, said[name], of, condition=said["condition"] if by in EARNS else "")
            for name, (by, of) in AMOUNTS.items()
            if said.get(name)
        ]
        if said.get("fixed"):
            found.append(Term(By.FIXED, said["fixed"], per=said["fixed_per"] or Per.MONTH))
        if said.get("bonus"):
            found.append(Term(By.BONUS, said["bonus"], hours=said["bonus_hours"]))
        if said.get("least"):
            found.append(Term(By.LEAST, said["least"], per=said["least_per"] or Per.MONTH))
        if said.get("less"):
            per = said["less_per"] or Per.MONTH
            about = {"condition": said["less_for"], "until": said["less_until"]}
            found.append(Term(By.LESS, said["less"], per=per, **about))
        if said.get("reduced"):
            about = {"condition": said["reduced_for"], "until": said["reduced_until"]}
            hours = said["reduced_hours"] or Decimal(0)
            found.append(Term(By.REDUCED, said["reduced"], hours=hours, **about))
        return found

    @classmethod
    def of_terms(cls, contract: Contract) -> dict:
        """What the form shows of an earlier version's terms and benefits."""
        names = {value: name for name, value in AMOUNTS.items()}
        shown = {
            "benefit_lines": "\n".join(
                "; ".join([each["words"], each.get("amount", ""), each.get("from", "")]).rstrip("; ")
                for each in contract.benefits
                if not each.get("of")
            )
        }
        for each in contract.benefits:
            if each.get("of"):
                shown |= {each["of"]: Decimal(each["each"]), "benefits_from": each["from"]}
        for term in contract.terms_of_pay:
            if name := names.get((term.by, term.of)):
                shown |= {name: term.amount}
                shown |= {"condition": term.condition} if term.condition else {}
            elif term.by == By.BONUS:
                shown |= {"bonus": term.amount, "bonus_hours": term.hours}
            elif term.by == By.LESS:
                shown |= {"less": term.amount, "less_per": term.per}
                shown |= {"less_for": term.condition, "less_until": term.until}
            elif term.by == By.REDUCED:
                shown |= {"reduced": term.amount, "reduced_hours": term.hours or None}
                shown |= {"reduced_for": term.condition, "reduced_until": term.until}
            else:
                name = "fixed" if term.by == By.FIXED else "least"
                shown |= {name: term.amount, f"{name}_per": term.per}
        return shown


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
