from django.urls import path

from . import views

site = [path("media/<uuid:file_id>/", views.file, name="media-file")]
