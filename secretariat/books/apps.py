from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BooksConfig(AppConfig):
    name = "secretariat.books"
    verbose_name = _("Books")

    def ready(self):
        from . import laid_out, outcomes, shifts_and_days, suspending  # noqa: F401  receivers register themselves
        from .briefs import effects, ended_contracts, noting  # noqa: F401  as do kinds
        from .supervision import let_in  # noqa: F401
