"""The addresses of work by proposal, on each of its three sides."""

from collections.abc import Iterable

from django.urls import URLPattern, path

from .models import Side
from .views import brief_terms, brief_words, briefs, milestones, proposals
from .views.brief_sides import PREFIX

BRIEF, QUESTION, PROPOSAL = (
    "briefs/<uuid:brief_id>",
    "briefs/questions/<uuid:question_id>",
    "briefs/proposals",
)
MILESTONE, TERMS = "briefs/milestones/<uuid:milestone_id>", "briefs/terms/<uuid:terms_id>"

EVERYBODY = [
    ("briefs/", briefs.listed, "briefs"),
    (f"{BRIEF}/", briefs.one, "brief"),
    (f"{BRIEF}/file/", briefs.add_file, "brief-file"),
    (f"{BRIEF}/versions/", milestones.versions, "brief-versions"),
    (f"{BRIEF}/end/", milestones.end, "brief-end"),
    (f"{PROPOSAL}/<uuid:proposal_id>/words/", brief_words.words, "proposal-words"),
]
EITHER = [
    (f"{BRIEF}/change/", milestones.change, "brief-change"),
    (f"{BRIEF}/note/", milestones.note, "brief-note"),
]
WHO_AGREES = [
    (f"{TERMS}/agree/", milestones.agree, "brief-agree"),
    (f"{TERMS}/decline/", milestones.decline, "brief-decline"),
]
WHO_ACCEPTS = [
    (f"{MILESTONE}/accept/", milestones.accept, "milestone-accept"),
    (f"{MILESTONE}/send-back/", milestones.send_back, "milestone-send-back"),
    (f"{MILESTONE}/dispute/", milestones.dispute, "milestone-dispute"),
]
WHO_POSTS = [
    (f"{BRIEF}/move/", briefs.move, "brief-move"),
    (f"{BRIEF}/withdraw/", briefs.withdraw, "brief-withdraw"),
    (f"{BRIEF}/compare/", briefs.compare, "brief-compare"),
    (f"{QUESTION}/answer/", briefs.answer, "brief-answer"),
    (f"{PROPOSAL}/<uuid:proposal_id>/accept/", briefs.accept, "proposal-accept"),
]


def _of(side: Side, addresses: Iterable[tuple]) -> list[URLPattern]:
    return [
        path(route, view, {"side": side}, name=f"{PREFIX[side]}{name}") for route, view, name in addresses
    ]


portal = _of(
    Side.CLIENT,
    [
        ("briefs/post/", briefs.post, "brief-post"),
        *EVERYBODY,
        *EITHER,
        *WHO_AGREES,
        *WHO_POSTS,
        *WHO_ACCEPTS,
    ],
)
desk = _of(
    Side.SECRETARY,
    [
        *EVERYBODY,
        *EITHER,
        *WHO_AGREES,
        (f"{BRIEF}/terms/", brief_terms.terms, "brief-terms"),
        (f"{BRIEF}/ask/", briefs.ask, "brief-ask"),
        (f"{BRIEF}/propose/", proposals.write, "brief-propose"),
        (f"{PROPOSAL}/<uuid:proposal_id>/withdraw/", proposals.withdraw, "proposal-withdraw"),
        (f"{MILESTONE}/hand-in/", milestones.hand_in, "milestone-hand-in"),
        (f"{MILESTONE}/time/", milestones.worked, "milestone-time"),
        (f"{MILESTONE}/call-in/", milestones.call_in, "milestone-call-in"),
    ],
)
firm = _of(
    Side.FIRM,
    [
        ("briefs/post/<uuid:client_id>/", briefs.post, "brief-post"),
        *EVERYBODY,
        *WHO_AGREES,
        *WHO_POSTS,
        *WHO_ACCEPTS,
        (f"{BRIEF}/look-again/", briefs.look_again, "brief-look-again"),
        (f"{BRIEF}/share/", briefs.share, "brief-share"),
        (f"{MILESTONE}/settle/", milestones.settle, "milestone-settle"),
    ],
)
