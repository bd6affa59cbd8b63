"""Addresses of what clients ask for, at the desk and in the portal."""

from django.urls import path

from messages_app.views import desk_requests, portal_requests

desk = [
    path("requests/", desk_requests.index, name="requests"),
    path("requests/<uuid:request_id>/", desk_requests.detail, name="requests-asked"),
    path("requests/<uuid:request_id>/answer/", desk_requests.answer, name="requests-answer"),
]

portal = [
    path("requests/", portal_requests.index, name="requests-portal"),
    path("requests/new/", portal_requests.new, name="requests-new"),
    path("requests/<uuid:request_id>/", portal_requests.detail, name="requests-one"),
    path("requests/<uuid:request_id>/take-back/", portal_requests.take_back, name="requests-take-back"),
]
