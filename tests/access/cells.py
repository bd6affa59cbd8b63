"""The access matrix as a table: every address, every method it knows, and who gets what.

A page that is not here fails the matrix. Ids in the address are always client A's; what client B may have
of her own is client A's row read backwards.
"""

from secretariat.office import half_typed

from . import (
    agreement_cells,
    books_cells,
    brief_cells,
    confidentiality_cells,
    contract_cells,
    diary_cells,
    dictation_cells,
    letter_cells,
    mail_cells,
    outgoing_cells,
    pay_cells,
    post_cells,
    practice_cells,
    profile_cells,
    request_cells,
    rota_cells,
    supervision_cells,
    vacancy_cells,
)
from .bodies import (
    absence,
    arranged,
    by_hand,
    closure,
    coming_to_work,
    correction,
    days,
    for_whom,
    moved,
    on_call,
    others_on_call,
    rang,
    said,
    settings,
    somebody,
    suits,
    this_browser,
    told,
    told_at_home,
    told_by_mail,
    where,
    whom,
    wishes,
)
from .given import (
    came_back,
    ended_without_message,
    firm_lets,
    has_a_work_item_of_hers,
    has_answered,
    has_keys_of_her_own,
    has_left,
    has_lost_the_line,
    has_no_live_call,
    is_held,
    is_not_acknowledged,
    is_off_and_has_read_bs,
    is_offered_a_second,
    is_on_a_break,
    is_put_aside,
    is_put_aside_and_she_is_free,
    is_ready,
    is_suspended,
    nobody_else_was_told_a_code,
    serves_the_other_too,
    stands_red,
    was_offered,
    was_put_through,
    was_told_a_code,
)
from .matrix import AT_THE_DESK, CLIENT, CONTACTS, DESK, EVERYBODY, SECRETARIES, Cell
from .world import ADMIN, ANONYMOUS, MEMBER, OTHER_CONTACT, POOL, STRANGER, SUPERVISOR, TEAM

FIRM = frozenset({SUPERVISOR, ADMIN})
ON_THE_TEAM = frozenset({TEAM, POOL})
HERS = frozenset({TEAM})  # who has the call on her desk
OPEN = frozenset({ANONYMOUS})


def page(name, allowed, **facts) -> Cell:
    return Cell(name, "GET", allowed, **({"shows": bool(facts.get("args"))} | facts))


def deed(name, allowed, **facts) -> Cell:
    return Cell(name, "POST", allowed, **({"status": 303, "changes": True} | facts))


def desk_list(name, **facts) -> Cell:
    return page(name, DESK, empty_for=AT_THE_DESK - DESK, shows=True, **facts)


def herself(name, **facts) -> Cell:
    return page(name, SECRETARIES, **facts)


def her_deed(name, **facts) -> Cell:
    return deed(name, SECRETARIES, **facts)


CALL, WRAP_UP, FINISHED = ("talking",), ("wrap_up",), ("finished",)
MESSAGE, DELIVERY, REPLY = ("message",), ("message", "delivery"), ("message", "reply")
TEXT = ("text",)
ON_CALL = ("on_call",)
MAIL = ("mail",)
INSTRUCTION, LINK = ("instruction",), ("link",)
PARTYS_LINK, GUESTS_LINK = ("party_link",), ("guest_link",)
PERSON, GUEST = ("member",), ("guest",)


CELLS = [
    # The frames, and what they are made of
    desk_list("desk"),
    desk_list("desk-main"),
    desk_list("desk-side"),
    page("desk-top", AT_THE_DESK),
    page("desk-navigation", AT_THE_DESK),
    desk_list("desk-search", body={"q": "Legal"}),
    page("portal", CLIENT, shows=True, empty_for={OTHER_CONTACT}, others={MEMBER: 200}),
    # The desk: clients and the one list of work
    desk_list("clients"),
    page("client-card", DESK, args=("client",)),
    page("client-now", DESK, args=("client",)),
    desk_list("work"),
    page("work-item", DESK, args=("work",)),
    deed("work-claim", DESK, args=("work",), body={"version": "0"}),
    deed("work-put-back", DESK, args=("work",), before=has_a_work_item_of_hers),
    deed("work-done", DESK, args=("work",), body={"outcome": "Rang back"}),
    deed("work-send-again", DESK, args=("effect_work",)),
    # The desk: calls
    page("calls-record", DESK, args=FINISHED),
    page("calls-guidance", DESK, args=CALL),
    page("calls-beside", DESK, args=CALL),
    desk_list("calls-unfinished", before=is_put_aside),
    herself("calls-bar"),
    herself("desk-state"),
    herself("phone-token"),
    deed("calls-hold", HERS, args=CALL),
    deed("calls-resume", HERS, args=CALL, before=is_held),
    deed("calls-digits", HERS, args=CALL, body={"digits": "1"}),
    deed("calls-hang-up", HERS, args=CALL),
    page("calls-arrange", HERS, args=CALL, status=302, shows=False),
    deed("calls-arrange", HERS, args=CALL, body=arranged),
    page("calls-through", HERS, args=CALL, status=302, shows=False),
    deed("calls-ask", HERS, args=CALL, body=whom),
    deed("calls-straight", HERS, args=CALL, body=whom),
    deed("calls-connect", HERS, args=CALL, before=has_answered),
    deed("calls-three", HERS, args=CALL, before=has_answered),
    deed("calls-take-back", HERS, args=CALL, before=has_answered),
    deed("calls-finish", HERS, args=WRAP_UP, before=was_put_through),
    deed("calls-more-time", HERS, args=WRAP_UP),
    deed("calls-park", HERS, args=WRAP_UP),
    deed("calls-take-up", HERS, args=WRAP_UP, before=is_put_aside_and_she_is_free),
    deed("calls-reopen", DESK, args=WRAP_UP, before=ended_without_message),
    deed("calls-answer", HERS, args=CALL, before=is_offered_a_second),
    deed("calls-rejoin", HERS, args=CALL, before=has_lost_the_line),
    deed("calls-decline", HERS, args=CALL, before=lambda world, actor: was_offered(world, TEAM)),
    # The desk: the diary
    *diary_cells.at_the_desk(page, deed, desk_list),
    # The desk: the message of a call
    page("messages-form", DESK, args=WRAP_UP),
    deed("messages-form", DESK, args=WRAP_UP, body=said, status=200),
    deed("messages-draft", DESK, args=WRAP_UP, body=said, status=200),
    deed("messages-take", DESK, args=WRAP_UP, body=said),
    deed("messages-none", DESK, args=WRAP_UP, body={"reason": "wrong_number"}),
    page("messages-taken", DESK, args=FINISHED),
    page("messages-plan", DESK, args=WRAP_UP, body=for_whom),
    # The desk: messages
    desk_list("messages"),
    page("messages-message", DESK, args=MESSAGE),
    page("messages-correct", DESK, args=MESSAGE),
    deed("messages-correct", DESK, args=MESSAGE, body=correction, status=302),
    deed("messages-raise", DESK, args=MESSAGE, body={"urgency": "3"}),
    deed("messages-send-again", DESK, args=DELIVERY),
    deed("messages-told", DESK, args=DELIVERY, before=is_not_acknowledged),
    page("messages-mail", DESK, args=MAIL),
    deed("messages-mail-done", DESK, args=MAIL),
    *mail_cells.at_the_desk(page, deed, desk_list),
    *letter_cells.at_the_desk(page, deed, desk_list),
    *post_cells.at_the_desk(page, deed, desk_list),
    *request_cells.at_the_desk(page, deed, desk_list),
    *dictation_cells.at_the_desk(page, deed, desk_list),
    *outgoing_cells.at_the_desk(page, deed, desk_list),
    desk_list("messages-texts"),
    page("messages-text-came", DESK, args=TEXT),
    deed("messages-text-answer", DESK, args=TEXT, body={"words": "From ten to four"}),
    deed("messages-text-done", DESK, args=TEXT),
    page("messages-paper", DESK, args=MESSAGE, before=firm_lets),
    page("messages-words", DESK, args=MESSAGE, before=firm_lets),
    deed("messages-list", DESK, status=200, before=firm_lets, empty_for={STRANGER}, shows=True),
    page("messages-move", DESK, args=MESSAGE),
    deed("messages-move", DESK, args=MESSAGE, body=moved, before=serves_the_other_too),
    deed("messages-reopen", DESK, args=MESSAGE),
    deed("messages-deliver", DESK, args=MESSAGE, body=by_hand),
    deed("messages-rang", DESK, args=MESSAGE, body=rang),
    deed("messages-reply-read", DESK, args=REPLY),
    # What the firm tells the team of client A
    desk_list("bulletins"),
    # What stands red: client A has one, her desk and the firm see it
    desk_list("messages-standing", before=stands_red),
    page("bulletins-banner", ON_THE_TEAM, shows=True, empty_for=SECRETARIES - ON_THE_TEAM),
    deed("bulletin-read", ON_THE_TEAM, args=("bulletin",)),
    # The secretary herself, and whoever of the firm sits at a desk
    page("desk-settings", AT_THE_DESK),
    deed("desk-settings", AT_THE_DESK, body=settings),
    deed("desk-settings-reset", AT_THE_DESK, before=has_keys_of_her_own),
    herself("shift"),
    her_deed("shift-start", before=is_off_and_has_read_bs, body=coming_to_work),
    her_deed("shift-end", before=has_no_live_call),
    herself("number"),
    her_deed("number-ask", body={"number": "+44 20 7946 0188", "by": "call"}),
    her_deed("number-code", before=was_told_a_code, body=told_at_home),
    herself("presence"),
    her_deed("presence-ready", before=is_on_a_break),
    her_deed("presence-break", before=is_ready, body={"reason": "Lunch", "minutes": "10"}),
    her_deed("presence-away", before=is_ready),
    her_deed("presence-heartbeat", before=is_ready, body={"registered": "yes"}, status=204),
    # The portal
    page("where-i-am", CLIENT, shows=True, empty_for=CONTACTS - CLIENT),
    deed("where-i-am", CLIENT, body=where, others={MEMBER: 422, OTHER_CONTACT: 422}),
    page(
        "where-i-am-preview",
        CLIENT,
        body=where,
        shows=True,
        empty_for=CONTACTS - CLIENT,
        others={MEMBER: 200},
    ),
    page("where-i-am-absence", CLIENT, shows=True, empty_for=CONTACTS - CLIENT, others={MEMBER: 200}),
    deed("where-i-am-absence", CLIENT, body=absence, others={MEMBER: 422, OTHER_CONTACT: 422}),
    deed("where-i-am-end", CLIENT, args=("status",)),
    page("instructions", CLIENT, shows=True, empty_for={OTHER_CONTACT}),
    page("instructions-write", CLIENT, shows=True, empty_for={OTHER_CONTACT}),
    deed("instructions-write", CLIENT, body=told, others={OTHER_CONTACT: 422}),
    page("instructions-change", CLIENT, args=INSTRUCTION),
    deed("instructions-change", CLIENT, args=INSTRUCTION, body=told),
    page("instructions-withdraw", CLIENT, args=INSTRUCTION),
    deed("instructions-withdraw", CLIENT, args=INSTRUCTION),
    deed("instructions-restore", CLIENT, args=("withdrawn",)),
    page("instructions-versions", CLIENT, args=("series",)),
    *outgoing_cells.in_the_portal(page, deed),
    page("on-call", CLIENT, shows=True, empty_for={OTHER_CONTACT}),
    page("on-call-write", CLIENT, shows=True, empty_for={OTHER_CONTACT}),
    deed("on-call-write", CLIENT, body=on_call, others={OTHER_CONTACT: 422}),
    page("on-call-change", CLIENT, args=ON_CALL),
    deed("on-call-change", CLIENT, args=ON_CALL, body=on_call),
    page("on-call-withdraw", CLIENT, args=ON_CALL),
    deed("on-call-withdraw", CLIENT, args=ON_CALL),
    deed("on-call-restore", CLIENT, args=("on_call_before",)),
    page("on-call-replace", CLIENT, args=ON_CALL),
    deed("on-call-replace", CLIENT, args=ON_CALL, body=others_on_call),
    deed("on-call-take-back", CLIENT, args=("others_on_call",)),
    page("holidays", CLIENT, shows=True, empty_for={OTHER_CONTACT}),
    page("holidays-close", CLIENT, shows=True, empty_for={OTHER_CONTACT}),
    deed("holidays-close", CLIENT, body=closure, empty_for={OTHER_CONTACT}),
    page("holidays-answer", CLIENT, args=("holiday",)),
    deed("holidays-answer", CLIENT, args=("holiday",), body={"says": "open"}),
    page("holidays-take-back", CLIENT, args=("closure",)),
    deed("holidays-take-back", CLIENT, args=("closure",)),
    *diary_cells.in_the_portal(page, deed),
    *mail_cells.in_the_portal(page, deed),
    page("forwarding", CLIENT, empty_for={OTHER_CONTACT}),
    page("required", CLIENT, empty_for={OTHER_CONTACT}),
    deed(
        "required-add",
        CLIENT,
        body={"language": "fr", "level": "4", "anyway": "on"},
        empty_for={OTHER_CONTACT},
    ),
    deed("required-back", CLIENT, args=("requirement",)),
    page("rehearse-portal", CLIENT, shows=True, empty_for={OTHER_CONTACT}),
    page("report-portal", CLIENT, shows=True, empty_for={OTHER_CONTACT}),
    deed("report-portal-file", CLIENT, status=200, empty_for={OTHER_CONTACT}),
    page("privacy", CLIENT, shows=True, empty_for={OTHER_CONTACT}),
    deed("privacy", CLIENT, body={"forbids": ["print"]}, empty_for={OTHER_CONTACT}),
    page("privacy-looks", CLIENT, shows=True, empty_for={OTHER_CONTACT}),
    deed("privacy-looks-file", CLIENT, status=200, empty_for={OTHER_CONTACT}),
    deed("privacy-copy", CLIENT, empty_for={OTHER_CONTACT}),
    deed("privacy-fetch", CLIENT, args=("copy",), status=200),
    page("people", CLIENT, shows=True, empty_for={OTHER_CONTACT}),
    page("people-add", CLIENT, shows=True, empty_for={OTHER_CONTACT}),
    deed("people-add", CLIENT, body=somebody, others={OTHER_CONTACT: 303}),
    page("people-change", CLIENT, args=PERSON),
    deed("people-change", CLIENT, args=PERSON, body=somebody),
    page("people-invite", CLIENT, args=GUEST),
    deed("people-invite", CLIENT, args=GUEST, body={"email": "new@clients.example"}),
    page("people-gone", CLIENT, args=PERSON),
    deed("people-gone", CLIENT, args=PERSON),
    deed("people-back", CLIENT, args=PERSON, before=has_left),
    page("people-delete", CLIENT, args=GUEST),
    deed("people-delete", CLIENT, args=GUEST),
    page("portal-calls", CLIENT, shows=True, empty_for={OTHER_CONTACT}),
    page("portal-call", CLIENT, args=FINISHED),
    page("messages-portal", CLIENT, shows=True, empty_for=CONTACTS - CLIENT),
    page("messages-portal-message", CLIENT, args=MESSAGE),
    *letter_cells.in_the_portal(page, deed),
    *post_cells.in_the_portal(page, deed),
    *request_cells.in_the_portal(page, deed),
    *dictation_cells.in_the_portal(page, deed),
    deed("messages-portal-acknowledge", CLIENT, args=MESSAGE, before=is_not_acknowledged),
    deed("messages-portal-reply", CLIENT, args=MESSAGE, body={"text": "Tell her yes"}),
    page("notifications", CLIENT, shows=True, empty_for={OTHER_CONTACT}, others={MEMBER: 200}),
    deed("notifications", CLIENT, body=wishes, empty_for={OTHER_CONTACT}, others={MEMBER: 303}),
    page("notifications-of", CLIENT, args=PERSON),
    deed("notifications-of", CLIENT, args=PERSON, body=wishes),
    deed(
        "notifications-address",
        CONTACTS,
        body={"kind": "email", "value": "another@clients.example"},
    ),
    deed(
        "notifications-code",
        CLIENT,
        body=told_by_mail,
        before=nobody_else_was_told_a_code,
        others={MEMBER: 422, OTHER_CONTACT: 422},
    ),
    deed("notifications-test", CLIENT, args=("mailbox",)),
    deed("notifications-push", CONTACTS, body=this_browser),
    deed("notifications-push-test", CLIENT, args=("device",)),
    deed("notifications-push-off", CLIENT, args=("device",)),
    deed("notifications-again", CLIENT, args=("mailbox",), before=came_back),
    # Whoever holds the link, which is signed, opens one message with it and nothing else
    page("messages-link", EVERYBODY, args=LINK),
    deed("messages-link-acknowledge", EVERYBODY, args=LINK, before=is_not_acknowledged),
    deed("messages-link-reply", EVERYBODY, args=LINK, body={"text": "Tell her yes"}),
    # A picture of a mail that lies elsewhere, by an address that we signed: nothing is there in this world
    page("mail-picture", EVERYBODY, args=("picture",), status=404, shows=False),
    # Whoever holds a guest's link, of which only the hash is kept, sees and changes one meeting with it
    page("diary-guest", EVERYBODY, args=PARTYS_LINK),
    deed("diary-guest-choose", EVERYBODY, args=PARTYS_LINK, body=suits),
    deed("diary-guest-propose", EVERYBODY, args=PARTYS_LINK, body={"propose-words": "Any morning"}),
    deed("diary-guest-none", EVERYBODY, args=PARTYS_LINK, body={"none-words": "We are away"}),
    deed("diary-guest-move", EVERYBODY, args=GUESTS_LINK, body={"starts": "2026-11-27T12:00:00+00:00"}),
    deed("diary-guest-cancel", EVERYBODY, args=GUESTS_LINK, body={"cancel-because": "I am ill"}),
    page("diary-feed", EVERYBODY, args=("secret_token",)),
    # Whoever holds an invitation joins with it, or asks for a new one; who is signed in is told whose it is
    page("join", EVERYBODY, args=("invite",)),
    # How long somebody's own sign-in lasts
    page("session", EVERYBODY - OPEN),
    deed("session-keep", EVERYBODY - OPEN, changes=False),
    # What she has typed and not sent is her own
    *(
        deed(f"half-typed-{form}", EVERYBODY - OPEN, args=("client",), status=200, body={"revision": "0"})
        for form in half_typed.FORMS
    ),
    deed(
        "join",
        OPEN,
        args=("invite",),
        body={"name": "Gus", "password": "a lantern by the sea", "again": "a lantern by the sea"},
        others=dict.fromkeys(EVERYBODY - OPEN, 302),
        empty_for=EVERYBODY - OPEN,
    ),
    deed("join-again", EVERYBODY, args=("late",), status=302),
    # Files
    page("media-file", CLIENT | DESK, args=("file",)),
    page("media-file", CLIENT | DESK, args=("wanted_file",)),
    # People, as the firm sees them
    page("firm-people", FIRM, shows=True, body={"q": "Legal"}),
    page("suspend", FIRM, args=("owner_user",)),
    deed("suspend", FIRM, args=("owner_user",), body={"reason": "lost"}),
    deed("lift-suspension", FIRM, args=("leaver",), before=is_suspended),
    # For everybody, and for the firm
    page("landing", frozenset(), empty_for=OPEN, others=dict.fromkeys(EVERYBODY - OPEN, 302)),
    page("rehearse", frozenset({SUPERVISOR, ADMIN}), shows=True),
    page("styleguide", FIRM),
    page("wallboard", FIRM, shows=True),
    page("reports", FIRM, shows=True),
    deed("reports-file", FIRM, status=200, body=days, shows=True),
    *rota_cells.of(page, deed),
    *books_cells.of(page, deed),
    *contract_cells.of(page, deed),
    *profile_cells.of(page, deed),
    *vacancy_cells.of(page, deed),
    *supervision_cells.of(page, deed),
    *agreement_cells.of(page, deed),
    *confidentiality_cells.of(page, deed),
    *practice_cells.of(page, deed),
    *pay_cells.of(page, deed),
    *brief_cells.of(page, deed),
    page("firm-shifts", FIRM),
    page("firm-shift", FIRM, args=("secretary",), shows=False),
    deed(
        "firm-shift-end", FIRM, args=("secretary",), before=lambda world, actor: has_no_live_call(world, TEAM)
    ),
]
