"""The site as the demo serves it: the product's addresses and the demo's own."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.generic import RedirectView

from . import views

outside = RedirectView.as_view(url=f"{settings.OUTSIDE_URL}/", query_string=True)

urlpatterns = [
    path("desk/", views.desk_beside_a_telephone, name="desk"),
    path("demo/enter/<str:token>/", views.enter, name="demo-enter"),
    path("demo/clock/", views.move_clock, name="demo-clock"),
    path("outside/", login_not_required(outside), name="demo-outside"),
    path("", include("secretariat.urls")),
]
