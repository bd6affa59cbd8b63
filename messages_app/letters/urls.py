"""Addresses of letters, at the desk and in the portal."""

from django.urls import path

from messages_app.views import (
    desk_address_book,
    desk_enclosing,
    desk_letter_templates,
    desk_letterheads,
    desk_letters,
    desk_merging,
    desk_person,
    desk_posting,
    desk_printing,
    desk_printing_together,
    desk_putting_right,
    desk_serial_files,
    desk_serials,
    portal_address_book,
    portal_letterhead,
    portal_letters,
    portal_serials,
)

desk = [
    path("letters/", desk_letters.index, name="letters"),
    path("letters/new/", desk_letters.new, name="letters-new"),
    path("letters/templates/", desk_letter_templates.index, name="letters-templates"),
    path("letters/templates/new/", desk_letter_templates.write, name="letters-template-new"),
    path("letters/templates/<uuid:template_id>/", desk_letter_templates.write, name="letters-template"),
    path("letters/templates/<uuid:template_id>/end/", desk_letter_templates.end, name="letters-template-end"),
    path("letters/letterheads/", desk_letterheads.index, name="letters-letterheads"),
    path("letters/letterheads/<uuid:client_id>/", desk_letterheads.detail, name="letters-letterhead"),
    path(
        "letters/letterheads/<uuid:client_id>/page/", desk_letterheads.picture, name="letters-letterhead-page"
    ),
    path(
        "letters/letterheads/<uuid:client_id>/change/",
        desk_letterheads.change,
        name="letters-letterhead-change",
    ),
    path("letters/to-post/", desk_posting.to_post, name="letters-to-post"),
    path("letters/books/", desk_address_book.which, name="letters-books"),
    path("letters/book/<uuid:client_id>/", desk_address_book.listed, name="letters-book"),
    path("letters/book/<uuid:client_id>/read/", desk_address_book.read, name="letters-book-read"),
    path("letters/book/<uuid:client_id>/new/", desk_person.new, name="letters-book-new"),
    path("letters/book/person/<uuid:person_id>/", desk_merging.same, name="letters-book-same"),
    path("letters/book/person/<uuid:person_id>/change/", desk_person.change, name="letters-book-change"),
    path("letters/book/import/<uuid:import_id>/", desk_address_book.one, name="letters-book-import"),
    path("letters/book/import/<uuid:import_id>/drop/", desk_address_book.drop, name="letters-book-drop"),
    path("letters/book/import/<uuid:import_id>/undo/", desk_address_book.undo, name="letters-book-undo"),
    path("letters/serial/", desk_serials.index, name="letters-serials"),
    path("letters/serial/new/", desk_serials.new, name="letters-serial-new"),
    path("letters/serial/<uuid:serial_id>/", desk_serials.detail, name="letters-serial"),
    path("letters/serial/<uuid:serial_id>/write/", desk_serials.write, name="letters-serial-write"),
    path("letters/serial/<uuid:serial_id>/draft/", desk_serials.draft, name="letters-serial-draft"),
    path(
        "letters/serial/<uuid:serial_id>/leave-out/", desk_serials.leave_out, name="letters-serial-leave-out"
    ),
    path(
        "letters/serial/<uuid:serial_id>/enclose/", desk_serial_files.enclose, name="letters-serial-enclose"
    ),
    path(
        "letters/serial/<uuid:serial_id>/files/<uuid:media_id>/out/",
        desk_serial_files.take_out,
        name="letters-serial-take-out",
    ),
    path("letters/serial/<uuid:serial_id>/ask/", desk_serials.ask, name="letters-serial-ask"),
    path("letters/serial/<uuid:serial_id>/release/", desk_serials.release, name="letters-serial-release"),
    path("letters/serial/<uuid:serial_id>/withdraw/", desk_serials.withdraw, name="letters-serial-withdraw"),
    path("letters/runs/", desk_printing.index, name="letters-runs"),
    path("letters/runs/new/", desk_printing.new, name="letters-run-new"),
    path("letters/runs/together/", desk_printing_together.new, name="letters-runs-together"),
    path("letters/runs/<uuid:run_id>/together/", desk_printing_together.detail, name="letters-run-together"),
    path(
        "letters/runs/<uuid:run_id>/together/paper/",
        desk_printing_together.paper,
        name="letters-run-together-paper",
    ),
    path("letters/runs/<uuid:run_id>/", desk_printing.detail, name="letters-run"),
    path("letters/runs/<uuid:run_id>/posted/", desk_printing.posted, name="letters-run-posted"),
    path("letters/runs/<uuid:run_id>/drop/", desk_printing.drop, name="letters-run-drop"),
    path("letters/<uuid:letter_id>/enclose/", desk_enclosing.enclose, name="letters-enclose"),
    path(
        "letters/<uuid:letter_id>/files/<uuid:file_id>/out/",
        desk_enclosing.take_out,
        name="letters-take-out",
    ),
    path("letters/<uuid:letter_id>/", desk_letters.detail, name="letters-letter"),
    path("letters/<uuid:letter_id>/write/", desk_letters.write, name="letters-write"),
    path("letters/<uuid:letter_id>/draft/", desk_letters.draft, name="letters-draft"),
    path("letters/<uuid:letter_id>/page/", desk_letters.picture, name="letters-page"),
    path("letters/<uuid:letter_id>/preview/", desk_letters.preview, name="letters-preview"),
    path("letters/<uuid:letter_id>/ask/", desk_letters.ask, name="letters-ask"),
    path("letters/<uuid:letter_id>/release/", desk_letters.release, name="letters-release"),
    path("letters/<uuid:letter_id>/anew/", desk_letters.write_anew, name="letters-anew"),
    path("letters/<uuid:letter_id>/withdraw/", desk_letters.withdraw, name="letters-withdraw"),
    path("letters/<uuid:letter_id>/posted/", desk_posting.posted, name="letters-posted"),
    path(
        "letters/<uuid:letter_id>/postings/<uuid:posting_id>/cancel/",
        desk_posting.cancel,
        name="letters-carrier-cancel",
    ),
    path(
        "letters/<uuid:letter_id>/postings/<uuid:posting_id>/not-there/",
        desk_posting.not_there,
        name="letters-carrier-not-there",
    ),
    path(
        "letters/postings/<uuid:posting_id>/put-right/", desk_putting_right.posting, name="letters-put-right"
    ),
    path("letters/runs/<uuid:run_id>/put-right/", desk_putting_right.run, name="letters-run-put-right"),
    path("letters/<uuid:letter_id>/came-back/", desk_posting.came_back, name="letters-came-back"),
]

portal = [
    path("letters/", portal_letters.index, name="letters-portal"),
    path("letters/letterhead/", portal_letterhead.page, name="letters-portal-letterhead"),
    path("letters/letterhead/page/", portal_letterhead.picture, name="letters-portal-letterhead-page"),
    path("letters/book/", portal_address_book.page, name="letters-portal-book"),
    path("letters/book/<uuid:import_id>/", portal_address_book.one, name="letters-portal-book-import"),
    path("letters/book/<uuid:import_id>/drop/", portal_address_book.drop, name="letters-portal-book-drop"),
    path("letters/book/<uuid:import_id>/undo/", portal_address_book.undo, name="letters-portal-book-undo"),
    path("letters/serial/<uuid:serial_id>/", portal_serials.detail, name="letters-portal-serial"),
    path("letters/serial/<uuid:serial_id>/agree/", portal_serials.agree, name="letters-portal-serial-agree"),
    path(
        "letters/serial/<uuid:serial_id>/change/", portal_serials.change, name="letters-portal-serial-change"
    ),
    path("letters/<uuid:letter_id>/", portal_letters.detail, name="letters-portal-letter"),
    path("letters/<uuid:letter_id>/page/", portal_letters.picture, name="letters-portal-page"),
    path("letters/<uuid:letter_id>/agree/", portal_letters.agree, name="letters-portal-agree"),
    path("letters/<uuid:letter_id>/change/", portal_letters.change, name="letters-portal-change"),
]
