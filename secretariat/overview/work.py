"""Where the firm does what the office asks of it: floors below may not name these pages."""

from django.urls import reverse

from clients.work import Work
from secretariat.office.models import Certificate, Claim, Referee


def _asked(item):
    return Work(item.because, reverse("rota-asked"))


def _lacking(item):
    return Work(item.because, reverse("lacking"))


def _certificate(item):
    found = Certificate.objects.filter(pk=item.subject_id).first()
    return Work(item.because, reverse("profile", args=[found.secretary_id]) if found else "")


def _reference(item):
    found = Referee.objects.filter(pk=item.subject_id).first()
    return Work(item.because, reverse("applicant", args=[found.application_id]) if found else "")


def _claim(item):
    found = Claim.objects.filter(pk=item.subject_id).first()
    return Work(item.because, reverse("profile", args=[found.secretary_id]) if found else "")


def _contract(item):
    return Work(item.because, reverse("contract", args=[item.subject_id]))


describe = {
    "clients.lapse": lambda item: Work(item.because, reverse("lapse", args=[item.subject_id])),
    "clients.required": _lacking,
    "office.required": _lacking,
    "office.absence": _asked,
    "office.swap": _asked,
    "office.application": lambda item: Work(item.because, reverse("applicant", args=[item.subject_id])),
    "office.first_calls": lambda item: Work(item.because, reverse("applicant", args=[item.subject_id])),
    "office.certificate": _certificate,
    "office.expiring": _certificate,
    "office.claim": _claim,
    "office.contract": _contract,
    "office.contract_asked": _contract,
    "office.enquiry": lambda item: Work(item.because, reverse("enquiry", args=[item.subject_id])),
    "office.reference": _reference,
    "office.sick": lambda item: Work(item.because, reverse("rota")),
    "office.open_shift": lambda item: Work(item.because, reverse("rota-shift", args=[item.subject_id])),
    "office.late": lambda item: Work(item.because, reverse("attendance")),
}
