"""Addresses of vacancies and of those who apply."""

from django.urls import path

from .views import applicants, applying, references, vacancies

site = [
    path("vacancies/", vacancies.listed, name="vacancies"),
    path("vacancies/<uuid:vacancy_id>/", vacancies.one, name="vacancy"),
    path("vacancies/<uuid:vacancy_id>/apply/", vacancies.apply, name="vacancy-apply"),
    path("applications/", applying.find, name="application-find"),
    path("applications/<str:token>/", applying.page, name="application"),
    path("applications/<str:token>/send/", applying.send, name="application-send"),
    path("applications/<str:token>/take-back/", applying.withdraw, name="application-withdraw"),
    path("applications/<str:token>/papers/", applying.hand_in, name="application-paper"),
    path(
        "applications/<str:token>/papers/<uuid:paper_id>/take-away/",
        applying.take_away,
        name="application-paper-away",
    ),
    path(
        "applications/<str:token>/references/<uuid:referee_id>/",
        applying.readdress,
        name="application-referee",
    ),
    path("references/<str:token>/", references.page, name="reference"),
    path("applications/<str:token>/typing/", applying.begin_typing, name="application-typing"),
    path("applications/<str:token>/typing/<uuid:test_id>/", applying.go, name="application-typing-go"),
    path("applications/<str:token>/pages/<slug:name>/", applying.step, name="application-step"),
    path("applications/<str:token>/pages/<slug:name>/draft/", applying.draft, name="application-draft"),
]

desk = [path("application/", applying.of_hers, name="my-application")]

firm = [
    path("vacancies/", vacancies.of_firm, name="firm-vacancies"),
    path("vacancies/new/", vacancies.add, name="firm-vacancy-add"),
    path("vacancies/<uuid:vacancy_id>/", vacancies.change, name="firm-vacancy"),
    path("vacancies/<uuid:vacancy_id>/publish/", vacancies.publish, name="firm-vacancy-publish"),
    path("vacancies/<uuid:vacancy_id>/close/", vacancies.close, name="firm-vacancy-close"),
    path("applicants/", applicants.listed, name="applicants"),
    path("applicants/<uuid:application_id>/", applicants.one, name="applicant"),
    path("applicants/<uuid:application_id>/invite/", applicants.invite, name="applicant-invite"),
    path("applicants/<uuid:application_id>/engage/", applicants.engage, name="applicant-engage"),
    path("applicants/<uuid:application_id>/refuse/", applicants.refuse, name="applicant-refuse"),
    path("applicants/<uuid:application_id>/steps/", applicants.settle, name="applicant-step"),
    path("applicants/<uuid:application_id>/ask/", applicants.ask, name="applicant-ask"),
    path(
        "applicants/<uuid:application_id>/references/<uuid:referee_id>/",
        applicants.readdress,
        name="applicant-referee",
    ),
    path("applicants/<uuid:application_id>/first-calls/", applicants.beside, name="applicant-beside"),
]
