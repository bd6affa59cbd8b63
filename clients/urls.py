from django.urls import path

from .views import absences, bulletins, cards, forwarding, holidays, instructions, people, where_i_am, work

desk = [
    path("bulletins/", bulletins.listed, name="bulletins"),
    path("bulletins/banner/", bulletins.banner, name="bulletins-banner"),
    path("bulletins/<uuid:bulletin_id>/read/", bulletins.read, name="bulletin-read"),
    path("clients/", cards.listed, name="clients"),
    path("clients/<uuid:client_id>/", cards.card, name="client-card"),
    path("clients/<uuid:client_id>/now/", cards.on_now, name="client-now"),
    path("work/", work.listed, name="work"),
    path("work/<uuid:item_id>/", work.item, name="work-item"),
    path("work/<uuid:item_id>/claim/", work.claim, name="work-claim"),
    path("work/<uuid:item_id>/put-back/", work.put_back, name="work-put-back"),
    path("work/<uuid:item_id>/done/", work.done, name="work-done"),
    path("work/<uuid:item_id>/send-again/", work.send_again, name="work-send-again"),
]
portal = [
    path("where-i-am/", where_i_am.page, name="where-i-am"),
    path("where-i-am/absence/", absences.plan, name="where-i-am-absence"),
    path("where-i-am/preview/", where_i_am.preview, name="where-i-am-preview"),
    path("where-i-am/<uuid:status_id>/end/", where_i_am.end, name="where-i-am-end"),
    path("instructions/", instructions.page, name="instructions"),
    path("instructions/new/", instructions.write, name="instructions-write"),
    path("instructions/<uuid:instruction_id>/", instructions.change, name="instructions-change"),
    path("instructions/<uuid:instruction_id>/withdraw/", instructions.withdraw, name="instructions-withdraw"),
    path("instructions/<uuid:instruction_id>/restore/", instructions.restore, name="instructions-restore"),
    path("instructions/<uuid:series>/versions/", instructions.versions, name="instructions-versions"),
    path("holidays/", holidays.page, name="holidays"),
    path("holidays/new/", holidays.close, name="holidays-close"),
    path("holidays/<uuid:holiday_id>/", holidays.answer, name="holidays-answer"),
    path("holidays/<uuid:holiday_id>/take-back/", holidays.take_back, name="holidays-take-back"),
    path("forwarding/", forwarding.page, name="forwarding"),
    path("people/", people.page, name="people"),
    path("people/new/", people.add, name="people-add"),
    path("people/<uuid:contact_id>/", people.change, name="people-change"),
    path("people/<uuid:contact_id>/invite/", people.invite, name="people-invite"),
    path("people/<uuid:contact_id>/gone/", people.deactivate, name="people-gone"),
    path("people/<uuid:contact_id>/back/", people.bring_back, name="people-back"),
    path("people/<uuid:contact_id>/delete/", people.delete, name="people-delete"),
]
