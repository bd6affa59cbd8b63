"""Addresses of profiles and of the directory."""

from django.urls import path

from .views import directory, enquiries, my_profile, profiles, typing

site = [
    path("directory/", directory.listed, name="directory"),
    path("directory/ask/", directory.ask, name="directory-ask"),
    path("directory/ask/draft/", directory.draft, name="directory-ask-draft"),
    path("directory/<uuid:profile_id>/", directory.one, name="directory-profile"),
]

firm = [
    path("profiles/", profiles.listed, name="profiles"),
    path("profiles/usual-skills/", profiles.usual_skills, name="usual-skills"),
    path("profiles/<uuid:secretary_id>/", profiles.one, name="profile"),
    path("profiles/said/<uuid:claim_id>/", profiles.answer_claim, name="claim-answer"),
    path("profiles/papers/<uuid:certificate_id>/", profiles.answer_certificate, name="certificate-answer"),
    path("enquiries/", enquiries.listed, name="enquiries"),
    path("enquiries/<uuid:enquiry_id>/", enquiries.one, name="enquiry"),
    path("enquiries/<uuid:enquiry_id>/suggest/", enquiries.suggest, name="enquiry-suggest"),
    path("enquiries/<uuid:enquiry_id>/close/", enquiries.close, name="enquiry-close"),
    path("enquiries/<uuid:enquiry_id>/reopen/", enquiries.reopen, name="enquiry-reopen"),
]

desk = [
    path("profile/", my_profile.page, name="my-profile"),
    path("profile/skills/", my_profile.name_skill, name="my-skill"),
    path("profile/languages/", my_profile.name_language, name="my-language"),
    path("profile/said/<uuid:claim_id>/take-back/", my_profile.take_back, name="my-claim-end"),
    path("profile/papers/", my_profile.hand_in, name="my-certificate"),
    path("profile/papers/<uuid:certificate_id>/take-back/", my_profile.take_away, name="my-certificate-end"),
    path("profile/typing/", typing.page, name="my-typing"),
    path("profile/typing/<uuid:test_id>/", typing.go, name="my-typing-go"),
]
