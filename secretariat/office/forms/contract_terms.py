"""The money of a contract as a form asks for it: its fields, the terms they make, and back."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from secretariat.office.forms.fields import DayInput, FigureField, MoneyField
from secretariat.office.forms.words import FreeWords
from secretariat.office.models import Contract
from secretariat.office.odd_hours import Sort
from secretariat.office.pay import CALL, MAIL, TASK, By, Term
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
    "odd_night": (By.ODD, Sort.NIGHT),
    "odd_weekend": (By.ODD, Sort.WEEKEND),
    "odd_holiday": (By.ODD, Sort.HOLIDAY),
    "piece_call": (By.PIECE, CALL),
    "piece_mail": (By.PIECE, MAIL),
    "piece_letter": (By.PIECE, "letter"),
    "piece_dictation": (By.PIECE, "dictation"),
    "piece_post": (By.PIECE, "post"),
    "piece_request": (By.PIECE, "request"),
    "piece_task": (By.PIECE, TASK),
    "meeting": (By.OUTCOME, "meeting"),
    "order": (By.OUTCOME, "order"),
    "lead": (By.OUTCOME, "lead"),
    "meeting_percent": (By.SHARE, "meeting"),
    "order_percent": (By.SHARE, "order"),
    "lead_percent": (By.SHARE, "lead"),
}
EARNS = (By.OUTCOME, By.SHARE)
BONUSES = ("bonus", "bonus_2", "bonus_3")


def _amount(label, **more):
    return MoneyField(**_figure(label, 4, **more))


def _figure(label, decimal_places, *, max_digits=12, **more) -> dict:
    """Above nought, or left empty."""
    least = Decimal(1).scaleb(-decimal_places)
    facts = {"max_digits": max_digits, "decimal_places": decimal_places, "min_value": least}
    return facts | {"label": label, "required": False} | more


def _percent(label):
    return FigureField(**_figure(label, 4, max_value=100))


def _from_hours(label):
    return FigureField(**_figure(label, 2, max_digits=6, min_value=0))


def _condition(label):
    return _for_what(label, _("As in: once it is paid."))


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


class MoneyOfContract(FreeWords, forms.Form):
    """An amount that is left empty is not part of it."""

    hour = _amount(_("Money an hour at work"))
    hour_mail = _amount(_("An hour of writing mail, where it differs"))
    hour_other = _amount(_("An hour of other work, where it differs"))
    waiting = _amount(
        _("An hour on shift with nothing to do"),
        help_text=_("Empty: only time at work is paid. Breaks are not, in any case."),
    )
    piece_call = _amount(_("For each call"))
    piece_mail = _amount(_("For each mail answered"))
    piece_letter = _amount(_("For each letter written"))
    piece_dictation = _amount(_("For each dictation typed"))
    piece_post = _amount(_("For each piece of post handled"))
    piece_request = _amount(_("For each request answered"))
    piece_task = _amount(_("For each other task"))
    spoken_in = forms.ChoiceField(label=_("More for an hour in this language"), required=False)
    spoken = _amount(_("How much more an hour, for clients whose callers speak it"))
    fixed = _amount(_("A fixed amount"))
    fixed_per = forms.ChoiceField(label=_("The fixed amount is for"), choices=PERIODS, required=False)
    meeting = _amount(_("Commission: an amount for each meeting booked"))
    meeting_percent = _percent(_("Commission: percent of what each meeting is worth"))
    meeting_condition = _condition(_("When a meeting’s commission is earned"))
    order = _amount(_("Commission: an amount for each order"))
    order_percent = _percent(_("Commission: percent of each order"))
    order_condition = _condition(_("When an order’s commission is earned"))
    lead = _amount(_("Commission: an amount for each lead"))
    lead_percent = _percent(_("Commission: percent of what each lead is worth"))
    lead_condition = _condition(_("When a lead’s commission is earned"))
    bonus = _amount(_("Bonus, each time she is paid"))
    bonus_hours = _from_hours(_("The bonus is earned from so many hours at work"))
    bonus_2 = _amount(_("A second bonus, besides the first"))
    bonus_2_hours = _from_hours(_("The second is earned from so many hours"))
    bonus_3 = _amount(_("A third bonus, besides the others"))
    bonus_3_hours = _from_hours(_("The third is earned from so many hours"))
    kept = _amount(
        _("Bonus when every planned shift was kept, each time she is paid"),
        help_text=_("Kept is: she came and stayed as planned, or is excused. One late shift loses it."),
    )
    quality = _amount(
        _("Bonus for quality, each time she is paid"),
        help_text=_("Of the results of quality that her supervisor has given her in these days."),
    )
    quality_percent = forms.IntegerField(
        label=_("It is earned from so many percent on average"), min_value=1, max_value=100, required=False
    )
    odd = _amount(_("For each shift in the evening, at night or at a weekend that was kept"))
    odd_night = _amount(
        _("For each shift at night that was kept"), help_text=_("Any part of it between 22 and 6.")
    )
    odd_weekend = _amount(_("For each shift at a weekend that was kept"))
    odd_holiday = _amount(
        _("For each shift on a public holiday that was kept"),
        help_text=_("Of the firm’s country. Where several of these apply, the one that pays most counts."),
    )
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

    @property
    def terms(self) -> list[Term]:
        """Its terms of pay, as the pure rules read them."""
        said = self.cleaned_data
        found = [
            Term(by, said[name], of, condition=said[f"{of}_condition"] if by in EARNS else "")
            for name, (by, of) in AMOUNTS.items()
            if said.get(name)
        ]
        if said.get("fixed"):
            found.append(Term(By.FIXED, said["fixed"], per=said["fixed_per"] or Per.MONTH))
        for name in BONUSES:
            if said.get(name):
                found.append(Term(By.BONUS, said[name], hours=said[f"{name}_hours"]))
        if said.get("quality"):
            found.append(Term(By.QUALITY, said["quality"], percent=said["quality_percent"]))
        if said.get("spoken"):
            found.append(Term(By.SPOKEN, said["spoken"], said["spoken_in"]))
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
        bonuses = iter(BONUSES)
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
                shown |= {f"{term.of}_condition": term.condition} if term.by in EARNS else {}
            elif term.by == By.BONUS:
                name = next(bonuses)
                shown |= {name: term.amount, f"{name}_hours": term.hours}
            elif term.by == By.QUALITY:
                shown |= {"quality": term.amount, "quality_percent": term.percent}
            elif term.by == By.SPOKEN:
                shown |= {"spoken": term.amount, "spoken_in": term.of}
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
