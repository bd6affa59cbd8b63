"""Every way by which a client's words may leave other than on a page, and what holds each of them.

A leak comes by the path that forgot the rule of the first one: a file, a stream, a notice, a log. So each is
named here, with a cell of the matrix or a test in which a word of one client must not reach anybody of
another. Whoever adds a way finds the census in `test_side_paths.py` red until it is here too.
"""

CANARIES = "tests/access/test_canaries.py::"
DICTATION = "tests/calls/test_dictation.py::"
LETTERS = "tests/messages_app/letters/test_lettering.py::"
TWO_HOUSES = "tests/walls/test_two_houses.py::"
STREAM = "tests/live/test_asgi.py::test_an_announcement_reaches_its_audience_by_redis"
ON_THE_LINE = TWO_HOUSES + "test_no_telephone_says_a_word_of_the_other_client_and_the_carrier_is_told_none"
NOBODY_ELSE_IS_SENT = CANARIES + "test_what_is_sent_goes_to_its_own_client_alone"
NO_ROWS = CANARIES + "test_what_asks_how_the_office_is_learns_no_words"

# Functions whose answer is no page: files, data, documents for the carrier.
ANSWERS = {
    "calendar_app/views/unread.py _raw": "cell:calendars-raw",
    "calendar_app/views/taking_out.py _file": "cell:diary-file",
    "calendar_app/views/taking_out.py _one": "cell:diary-meeting-file",
    "calendar_app/views/feed.py _refused": "tests/calendar_app/test_feeds.py::",  # no word at all
    "calendar_app/views/feed.py diary": "cell:diary-feed",
    "calendar_app/webhooks.py microsoft": "tests/online/test_pushes.py::",  # says a word of theirs back
    "calls/dictation/webhooks.py heard": "cell:dictation-heard",
    "calls/views/telephone.py state": "cell:desk-state",
    "calls/views/telephone.py token": "cell:phone-token",
    "messages_app/views/desk_form.py draft": "cell:messages-draft",
    "messages_app/views/desk_inbox.py framed": "cell:inbox-frame",
    "messages_app/views/desk_mail_files.py _handed_over": "cell:inbox-part",
    "messages_app/views/desk_mail_files.py picture": "tests/messages_app/mail/test_lying_elsewhere.py::",
    "messages_app/views/desk_letterheads.py picture_of": "cell:letters-letterhead-page",
    "messages_app/views/desk_letters.py page_of": "cell:letters-page",
    "messages_app/views/desk_letters.py preview": "cell:letters-preview",
    "messages_app/views/desk_printing_together.py paper": "cell:letters-run-together-paper",
    "messages_app/views/desk_taking_out.py as_list": "cell:messages-list",
    "messages_app/views/desk_taking_out.py as_words": "cell:messages-words",
    "messages_app/views/portal_mail_history.py as_file": "cell:mail-history-file",
    "messages_app/views/typed.py clashes": "cell:dictated-save",
    "messages_app/views/typed.py kept": "cell:letters-draft",
    "messages_app/views/typed.py not_a_draft": "cell:outgoing-draft",  # no word at all
    "messages_app/views/typed.py taken_over": "cell:outgoing-draft",  # a colleague's name
    "messages_app/webhooks.py text": ON_THE_LINE,
    "secretariat/books/views/bills.py as_pdf": "cell:portal-bill-pdf",
    "secretariat/books/views/my_pay.py as_pdf": "cell:my-statement-pdf",
    "secretariat/books/views/profit.py file": "cell:accounts-file",
    "secretariat/books/views/pay.py as_file": "cell:pay-table",
    "secretariat/health.py alive": NO_ROWS,
    "secretariat/health.py metrics": NO_ROWS,
    "secretariat/health.py ready": NO_ROWS,
    "secretariat/media/views.py file": "cell:media-file",
    "secretariat/office/views/applying.py draft": "cell:application-draft",
    "secretariat/office/views/directory.py draft": "cell:directory-ask-draft",
    "secretariat/office/views/half_typed.py kept_by": "cell:half-typed-brief",
    "secretariat/office/views/my_shifts.py feed": "cell:shift-feed",
    "secretariat/office/views/rota.py as_file": "cell:rota-file",
    "secretariat/office/views/session.py left_of": "cell:session",
    "secretariat/office/views/contracts.py pdf_of": "cell:my-contract-pdf",
    "secretariat/channels/twilio.py answer": ON_THE_LINE,
    "secretariat/overview/views/privacy.py handed_over": "cell:privacy-fetch",
    "secretariat/overview/views/privacy.py looks_file": "cell:privacy-looks-file",
    "secretariat/overview/views/reports.py _file": "cell:reports-file",
}
# Applications beside Django's pages.
STREAMS = {
    "secretariat/asgi.py": "the demo's switch between the stream and the pages",
    "secretariat/live/asgi.py": STREAM,
}
# Pages that find, remember or are made to be kept: each is a cell of the matrix, whose canary holds it.
SEARCHES = {
    "calendar_app/views/history.py": "cell:diary-meetings",
    "clients/views/cards.py": "cell:clients",
    "clients/views/suppressed.py": "cell:suppressed",
    "messages_app/views/desk_inbox.py": "cell:inbox",
    "messages_app/views/desk_messages.py": "cell:messages",
    "messages_app/views/desk_taking_out.py": "cell:messages-list",
    "messages_app/views/portal.py": "cell:messages-portal",
    "messages_app/views/portal_mail_history.py": "cell:mail-history",
    "secretariat/office/views/people.py": "cell:firm-people",
    "secretariat/office/views/profiles.py": "cell:profiles",
    "secretariat/overview/desk/views.py": "cell:desk-search",
}
KEPT_OR_OLD = {
    "a message on paper": "cell:messages-paper",
    "what an instruction said before": "cell:instructions-versions",
    "a call as it was": "cell:calls-record",
    "a message behind its link": "cell:messages-link",
    "a guest's own page of a meeting": "tests/calendar_app/test_by_link.py::",
    "what links of one client open of another": CANARIES + "test_a_link_opens_one_message_and_no_other",
    "the admin's pages, its history with them": "tests/access/test_admin.py::"
    "test_every_page_is_shut_to_everybody_outside_the_firm",
    "the packed copy of a client's data": CANARIES + "test_the_copy_of_one_client_holds_nothing_of_another",
    "what a browser keeps of a page": CANARIES + "test_no_browser_keeps_what_it_was_shown",
    "the database's cache": CANARIES + "test_the_cache_holds_nobody_s_words",
    "an error": CANARIES + "test_an_error_repeats_nothing",
    "the log": CANARIES + "test_the_log_holds_nobody_s_words",
    "hints over Redis, and rows of the stream": CANARIES + "test_an_event_names_no_words_and_no_stranger",
}
# What leaves as an effect. Those to people carry words; those to the carrier alone must carry none. What goes
# out at an hour of its own, or once somebody has guessed too often, is not in the walk: the tests that are
# named for it hold whose words it says.
AT_THEIR_HOUR = {
    "messages.push_over",  # once a notice that is there is news no longer
    "office.certificate",
    "office.claim",  # taken back
    "calls.dictation_locked",
    "calls.dictation_booked",
    *("calls.meeting_word", "calls.remind", "calls.ring_for_meeting", "calendar.agenda"),
    *("calendar.guest_text", "calendar.reminder_mail", "calendar.reminder_text"),
}
# Sent where a client's own mailbox is read, or a mail came by it: the walk has none.
OF_MAILBOXES = {"messages.mail_sent_copy", "messages.mail_believe", "messages.mail_promise"}
TO_PEOPLE = {
    "calls.dictation_booked": "tests/calls/test_booked_dictation.py::",
    "calls.meeting_word": "tests/calls/test_telephone_meetings.py::",
    "calls.remind": "tests/calls/test_reminder_calls.py::",
    "calls.ring_for_meeting": "tests/calls/test_telephone_meetings.py::",
    "calls.dictation_locked": DICTATION
    + "test_five_wrong_tries_within_an_hour_lock_whatever_telephone_they_come_from",
    "messages.dictation_ask": "tests/messages_app/test_dictated.py::",
    "books.answer": NOBODY_ELSE_IS_SENT,
    "books.mail": NOBODY_ELSE_IS_SENT,
    "books.suspension": NOBODY_ELSE_IS_SENT,
    "books.brief_word": NOBODY_ELSE_IS_SENT,
    "books.agreement_word": NOBODY_ELSE_IS_SENT,
    "clients.lapse_to_client": NOBODY_ELSE_IS_SENT,
    "calendar.agenda": "tests/calendar_app/test_agenda.py::",
    "calendar.ask_mail": "tests/calendar_app/test_asking.py::",
    "calendar.ask_text": "tests/calendar_app/test_asking.py::",
    "calendar.cancellation": "tests/calendar_app/test_invitations.py::",
    "calendar.reply": "tests/calendar_app/test_being_invited.py::",
    "calendar.guest_text": "tests/calendar_app/test_reminding.py::",
    "calendar.invitation": "tests/calendar_app/test_invitations.py::",
    "calendar.reminder_mail": "tests/calendar_app/test_reminding.py::",
    "calendar.reminder_text": "tests/calendar_app/test_reminding.py::",
    "messages.call": ON_THE_LINE,
    "letters.waits": "tests/messages_app/letters/test_lettering.py::",
    "requests.answered": "tests/messages_app/test_requests.py::",
    "post.passed_on": "tests/messages_app/post/test_receiving.py::",
    "messages.mail_out": "tests/messages_app/mail/test_answering.py::",
    "messages.mail_tell": "tests/messages_app/mail/test_telling_client.py::",
    "messages.mail_question": "tests/messages_app/mail/test_answering.py::",
    "messages.mail_promise": "tests/messages_app/mail/test_promising.py::",
    "messages.mail_sent_copy": "tests/messages_app/mail/test_answering.py::",
    "messages.code_email": NOBODY_ELSE_IS_SENT,
    "messages.code_text": NOBODY_ELSE_IS_SENT,
    "messages.email": NOBODY_ELSE_IS_SENT,
    "messages.push": NOBODY_ELSE_IS_SENT,
    "messages.push_over": "tests/messages_app/test_notices.py::",
    "messages.test_email": NOBODY_ELSE_IS_SENT,
    "messages.test_push": NOBODY_ELSE_IS_SENT,
    "messages.test_text": NOBODY_ELSE_IS_SENT,
    "messages.text": NOBODY_ELSE_IS_SENT,
    "messages.text_back": NOBODY_ELSE_IS_SENT,
    "messages.withdrawn_email": NOBODY_ELSE_IS_SENT,
    "messages.withdrawn_text": NOBODY_ELSE_IS_SENT,
    "office.application": NOBODY_ELSE_IS_SENT,
    "office.asked_again": NOBODY_ELSE_IS_SENT,
    "office.enquiry": NOBODY_ELSE_IS_SENT,
    "office.invitation": NOBODY_ELSE_IS_SENT,
    "office.reference": NOBODY_ELSE_IS_SENT,
}
TO_SECRETARIES = {  # of her own telephone, contract, pay and shifts; no client is in it
    "books.pay_mail": NOBODY_ELSE_IS_SENT,
    "books.brief_word_to_her": NOBODY_ELSE_IS_SENT,
    "clients.lapse_word": NOBODY_ELSE_IS_SENT,
    "office.certificate": "tests/office/profiles/test_proving.py::",
    "office.claim": "tests/office/profiles/test_skills.py::",
    "office.contract": NOBODY_ELSE_IS_SENT,
    "office.code_call": NOBODY_ELSE_IS_SENT,
    "office.code_text": NOBODY_ELSE_IS_SENT,
    "office.number_locked": NOBODY_ELSE_IS_SENT,
    "office.rota_word": NOBODY_ELSE_IS_SENT,
    "books.supervision_word": NOBODY_ELSE_IS_SENT,
}
TO_THE_CARRIER = dict.fromkeys(
    (
        *("calls.check_leg", "calls.cross", "calls.dial_contact", "calls.digits", "calls.fetch_recording"),
        *("calls.hang_up", "calls.hold", "calls.move", "calls.offer", "calls.redirect_caller"),
        "calls.resume",
    ),
    ON_THE_LINE,
) | {
    "calls.fetch_dictation": DICTATION + "test_she_shows_who_she_is_dictates_and_it_waits_at_the_desk",
    "letters.lob_hand": "tests/contracts/test_lob.py::",
    "letters.lob_cancel": "tests/contracts/test_lob.py::",
    "letters.lob_proof": "tests/contracts/test_lob.py::",
    "letters.lob_ask": "tests/contracts/test_lob.py::",
    "calls.transcribe_dictation": "tests/calls/test_transcribing.py::",
    "calls.read_transcript": "tests/calls/test_transcribing.py::",
    "calls.forget_transcript": "tests/calls/test_transcribing.py::",
    "calls.record_dictation": "tests/calls/test_dictating_on_a_call.py::",
    "calls.stop_dictation": "tests/calls/test_dictating_on_a_call.py::",
    "calls.forget_dictation": DICTATION + "test_the_carriers_copy_goes_a_day_after_it_is_kept_here",
    "calls.check_for_diary": "tests/calls/test_telephone_meetings.py::",
    "calls.hang_up_for_diary": "tests/calls/test_telephone_meetings.py::",
    "overview.point_number": "tests/overview/test_connecting.py::",
}
# To a client's own mailbox: nothing is said there.
TO_MAILBOXES = {
    "messages.look_for_mail": "tests/messages_app/mail/test_syncing.py::",
    "messages.mail_mark_read": "tests/messages_app/mail/test_marking.py::",
}
# To a calendar elsewhere: a meeting to the client's own, and otherwise ids and tokens of ours, and no words.
TO_CALENDARS = {
    "calendar.answer": "tests/calendar_app/test_being_invited.py::",
    "calendar.look": "tests/calendar_app/test_syncing.py::",
    "calendar.revoke": "tests/online/test_consent.py::",
    "calendar.watch": "tests/online/test_pushes.py::",
    "calendar.write": "tests/calendar_app/test_syncing.py::",
}
TO_NOBODY = {
    "books.draft_some": "tests/books/test_in_parts.py::",  # nothing leaves
    "books.issue_some": "tests/books/test_in_parts.py::",
    "books.pay_some": "tests/books/test_in_parts.py::",
    "letters.look": "tests/messages_app/letters/test_serials.py::",
    "letters.run": "tests/messages_app/letters/test_printing.py::",
    "letters.make": "tests/messages_app/letters/test_serials.py::",
    "messages.domain_check": "tests/messages_app/mail/test_domains.py::",  # asks for public records
    "messages.mail_believe": "tests/messages_app/mail/test_believing.py::",
    "overview.data_copy": CANARIES + "test_the_copy_of_one_client_holds_nothing_of_another",
}
# Posted only where there is more to do than fits into a request.
OF_LARGE_FIRMS = {"books.draft_some", "books.issue_some", "books.pay_some"}

# What comes in, and is worked into rows: the walls that hold the rows hold it.
NOTICES = {
    "anymail.mail": "tests/messages_app/test_mail_in.py::",
    "lob.letter": "tests/contracts/test_lob.py::",
    "google.push": "tests/online/test_pushes.py::",
    "microsoft.missed": "tests/online/test_pushes.py::",
    "microsoft.push": "tests/online/test_pushes.py::",
    "microsoft.removed": "tests/online/test_pushes.py::",
    "microsoft.renew": "tests/online/test_pushes.py::",
    "anymail.report": "tests/channels/test_notice.py::",
    "anymail.unread": "tests/messages_app/test_mail_in.py::",
    "anymail.untold": "tests/messages_app/mail/test_what_providers_tell.py::",
    "anymail.tracking": "tests/channels/test_notice.py::",
    "twilio.calendar-text": "tests/calendar_app/test_reminding.py::",
    "twilio.asked-status": "tests/calendar_app/test_asking.py::",
    "twilio.call-status": ON_THE_LINE,
    "twilio.code-status": "tests/office/test_home_numbers.py::",
    "twilio.conference": ON_THE_LINE,
    "twilio.message-call": ON_THE_LINE,
    "twilio.recording": ON_THE_LINE,
    "twilio.text": CANARIES + "test_a_text_is_shown_to_its_own_client_alone",
    "twilio.text-status": NOBODY_ELSE_IS_SENT,
}
# Kinds of files, each with the door that is asked about it. What has no guard here is served by its own page.
FILES = {
    "books.agreement": "cell:portal-agreement-pdf",
    "books.brief": "tests/books/briefs/test_briefs.py::",
    "correspondence": "cell:inbox-part",
    "dictation": DICTATION + "test_only_those_who_may_hear_it",
    "office.applicants_paper": "tests/office/vacancies/test_papers.py::",
    "office.certificate": "tests/office/profiles/test_proving.py::",
    "office.claim": "tests/office/profiles/test_skills.py::",
    "office.contract": "cell:my-contract-pdf",
    "letters.paper": LETTERS + "test_the_paper_is_kept_as_it_was_agreed",
    "letters.file": "tests/messages_app/letters/test_printing.py::",
    "letters.run": "tests/messages_app/letters/test_printing.py::",
    "letters.logo": "tests/messages_app/letters/test_logo.py::",
    "requests.file": "tests/messages_app/test_requests.py::",
    "post.scan": "tests/messages_app/post/test_receiving.py::",
    "letters.proof": LETTERS + "test_posted_by_hand_with_what_it_cost_and_its_proof",
    "enclosure": "tests/messages_app/mail/test_answering.py::",
    "mail": "tests/messages_app/test_mail_in.py::",
    "meeting_paper": "tests/calendar_app/test_preparing.py::",
    "overview.data_copy": "cell:privacy-fetch",
    "voicemail": "cell:media-file",
}

# What the firm may do to rows it has chosen in the admin. None may hand them out.
ADMIN_ACTIONS = {
    *("as_usual", "closed", "delete_selected", "end", "end_shift", "invite", "lift", "make_own", "make_pool"),
    *("make_stand_in", "put_back", "ring_with_code", "send_again", "suspend", "take_back", "take_over"),
    *("vouch", "withdraw"),
}

# Who puts something into the database's cache.
CACHES = {"secretariat/office/tries.py": "counts of tries"}

# What the firm's own computer prints.
COMMANDS = {
    "connect_twilio": "the firm's numbers and addresses; tests/overview/test_connecting.py::",
    "fallback_document": "one document for every caller",
    "first_admin": "the first person's own name",
    "make_push_key": "a key made this moment",
    "reconcile": CANARIES + "test_what_asks_how_the_office_is_learns_no_words",
    "retention": "the table of columns, not what they hold",
    "rewrap": "counts",
    "sweep": "counts",
    "verify_ledger": CANARIES + "test_what_asks_how_the_office_is_learns_no_words",
}
