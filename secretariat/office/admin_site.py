"""Django's admin, whose list of what there is is put into words before it is put in order."""

from operator import itemgetter

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig


class FirmsSite(AdminSite):
    def get_app_list(self, request, app_label=None):
        """As Django's own; there each of a hundred and fifty names is translated at every comparison."""
        apps = self._build_app_dict(request, app_label).values()
        for app in apps:
            for model in app["models"]:
                model["name"] = str(model["name"])
            app["models"].sort(key=itemgetter("name"))
        return sorted(apps, key=lambda app: str(app["name"]).lower())


class FirmsAdmin(AdminConfig):
    default_site = "secretariat.office.admin_site.FirmsSite"
