"""Addresses of dictation, at the desk, in the portal, and of its one-tap links."""

from django.urls import path

from messages_app.views import desk_dictation, portal_dictation

desk = [
    path("dictation/", desk_dictation.index, name="dictation-queue"),
    path("dictation/<uuid:dictation_id>/", desk_dictation.detail, name="dictation"),
    path("dictation/<uuid:dictation_id>/type/", desk_dictation.begin, name="dictation-type"),
    path("dictation/<uuid:dictation_id>/close/", desk_dictation.close, name="dictation-close"),
    path("dictation/drafts/<uuid:draft_id>/", desk_dictation.draft, name="dictated-draft"),
    path("dictation/drafts/<uuid:draft_id>/draft/", desk_dictation.save, name="dictated-save"),
    path("dictation/drafts/<uuid:draft_id>/kind/", desk_dictation.kind, name="dictated-kind"),
    path("dictation/drafts/<uuid:draft_id>/book/", desk_dictation.from_book, name="dictated-book"),
    path("dictation/drafts/<uuid:draft_id>/ask/", desk_dictation.ask, name="dictated-ask"),
    path("dictation/drafts/<uuid:draft_id>/take-back/", desk_dictation.take_back, name="dictated-take-back"),
    path("dictation/drafts/<uuid:draft_id>/drop/", desk_dictation.drop, name="dictated-drop"),
]

portal = [
    path("dictation/", portal_dictation.index, name="dictation-portal"),
    path("dictation/<uuid:dictation_id>/", portal_dictation.dictation, name="dictation-portal-item"),
    path("dictation/drafts/<uuid:draft_id>/", portal_dictation.approval, name="dictated-approval"),
    path("dictation/drafts/<uuid:draft_id>/decide/", portal_dictation.decide, name="dictated-decide"),
]

site = [
    path("d/<str:token>/", portal_dictation.link, name="dictated-link"),
    path("d/<str:token>/decide/", portal_dictation.link_decide, name="dictated-link-decide"),
]
