"""The roof's own addresses. `site` hangs at its root."""

from django.contrib import admin
from django.urls import path

from .desk import views as desk_views
from .firm import views as firm_views
from .portal import views as portal_views
from .views import data_copies, privacy, rehearse, reports, telephony
from .views import front as views

in_admin = [
    path("rehearse/", rehearse.page, name="rehearse"),
    path("telephony/", admin.site.admin_view(telephony.page), name="telephony"),
]

site = [
    path("", views.landing, name="landing"),
    path("styleguide/", views.styleguide, name="styleguide"),
    path("styleguide/<path:part>", views.styleguide, name="styleguide-part"),
]

desk = [
    path("", desk_views.desk, name="desk"),
    path("main/", desk_views.main, name="desk-main"),
    path("side/", desk_views.side, name="desk-side"),
    path("top/", desk_views.top, name="desk-top"),
    path("column/", desk_views.column, name="desk-navigation"),
    path("search/", desk_views.search, name="desk-search"),
]

portal = [
    path("", portal_views.today, name="portal"),
    path("rehearse/", rehearse.portal_page, name="rehearse-portal"),
    path("report/", reports.portal_page, name="report-portal"),
    path("report/file/", reports.portal_file, name="report-portal-file"),
    path("privacy/", privacy.page, name="privacy"),
    path("privacy/looks/", privacy.looks, name="privacy-looks"),
    path("privacy/looks/file/", privacy.looks_file, name="privacy-looks-file"),
    path("privacy/copy/", privacy.ask_copy, name="privacy-copy"),
    path("privacy/copy/<uuid:copy_id>/", privacy.fetch_copy, name="privacy-fetch"),
]

firm = [
    path("wallboard/", firm_views.wallboard, name="wallboard"),
    path("reports/", reports.firm_page, name="reports"),
    path("reports/file/", reports.firm_file, name="reports-file"),
    path("data-copies/of/<uuid:client_id>/", data_copies.page, name="data-copy"),
    path("data-copies/of/<uuid:client_id>/make/", data_copies.ask, name="data-copy-ask"),
    path("data-copies/<uuid:copy_id>/", data_copies.fetch, name="data-copy-fetch"),
]
