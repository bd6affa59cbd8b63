"""The roof's own addresses. `site` hangs at its root."""

from django.urls import path

from .views import front as views

site = [
    path("", views.landing, name="landing"),
    path("styleguide/", views.styleguide, name="styleguide"),
    path("styleguide/<path:part>", views.styleguide, name="styleguide-part"),
]
