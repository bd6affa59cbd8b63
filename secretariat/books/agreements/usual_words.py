"""Words a first client agreement may begin with. The firm changes them as it likes, with its own lawyer."""

from django.utils.translation import gettext as _


def to_begin_with() -> dict:
    data = [
        _("The client decides what personal data is kept, and we keep it for the client alone."),
        _("We do with it what the client asks, and nothing else; everybody who sees it is bound to silence."),
        _("It is kept sealed, each look at it is on record, and the client may read who looked."),
        _("Whoever helps us to keep it is named, and the client may object before another is chosen."),
        _("We tell the client of a breach as soon as we know of it, and within 24 hours."),
        _("When the agreement ends we give the data back, and erase what no law asks us to keep."),
    ]
    return {
        "services": "\n".join([_("Calls answered in the client’s name"), _("Messages passed on at once")]),
        "cover": _("Monday to Friday, 09:00 to 17:00"),
        "data_terms": "\n".join(data),
    }
