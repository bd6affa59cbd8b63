"""Where the firm does what the office asks of it: floors below may not name these pages."""

from django.urls import reverse

from clients.work import Work


def _asked(item):
    return Work(item.because, reverse("rota-asked"))


describe = {
    "office.absence": _asked,
    "office.swap": _asked,
    "office.sick": lambda item: Work(item.because, reverse("rota")),
    "office.late": lambda item: Work(item.because, reverse("attendance")),
}
