"""Where everything is found. Each package says what it offers; the roof hangs it up."""

from django.contrib import admin
from django.urls import path

urlpatterns = [
    path("admin/", admin.site.urls),
]
