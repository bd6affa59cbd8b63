"""Where everything is found. Each package says what it offers; the roof hangs it up.

A package's `urls.py` may export `desk`, `portal`, `firm` and `webhooks`, which are mounted below the
addresses of those names, `in_admin`, whose pages stand among the admin's, and `site`, mounted at the root.
"""

from importlib import import_module
from importlib.util import find_spec

from allauth.account.decorators import secure_admin_login
from django.apps import apps
from django.contrib import admin
from django.urls import include, path

from secretariat import health

MOUNTS = {"site": "", "desk": "desk/", "portal": "portal/", "firm": "firm/", "webhooks": "twilio/"}
OURS = ("secretariat.", "clients", "calls", "messages_app", "calendar_app")

admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]


def offered(list_name: str) -> list:
    """The addresses that all packages offer under this name, in the order of INSTALLED_APPS."""
    packages = [config.name for config in apps.get_app_configs() if config.name.startswith(OURS)]
    modules = [import_module(f"{name}.urls") for name in packages if find_spec(f"{name}.urls")]
    return [address for module in modules for address in getattr(module, list_name, [])]


urlpatterns = [
    *health.addresses,
    path("accounts/", include("allauth.urls")),
    path("admin/", include(offered("in_admin"))),  # before Django's own, which takes all below it
    path("admin/", admin.site.urls),
    path("anymail/", include("anymail.urls")),
    *(path(prefix, include(offered(name))) for name, prefix in MOUNTS.items()),
]
