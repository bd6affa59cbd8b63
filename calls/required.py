"""What each of a team lacks of what firm and client require, within the one query that answers a caller."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, DecimalField, Exists, F, Func, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat, Lower
from django.utils.translation import gettext as _

from clients.models import ClientRequirement
from secretariat import clock
from secretariat.office import languages
from secretariat.office.models import Certificate, FirmRequirement, SecretaryLanguage, TypingTest


def missing() -> dict[str, ArraySubquery]:
    """Columns for a query of a team: of each member the trainings, languages and speed she lacks."""
    firm = FirmRequirement.objects.all()
    client = ClientRequirement.objects.filter(client=OuterRef("client"))
    return {
        "firms_papers": ArraySubquery(_papers(firm)),
        "firms_languages": ArraySubquery(_languages(firm)),
        "clients_papers": ArraySubquery(_papers(client)),
        "clients_languages": ArraySubquery(_languages(client)),
        "firms_typing": ArraySubquery(_typing(firm)),
        "clients_typing": ArraySubquery(_typing(client)),
    }


def in_words(row) -> tuple[str, ...]:
    """The same, as it is told: what neither asks for twice."""
    spoken = (each.rpartition(":") for each in [*row.firms_languages, *row.clients_languages])
    named = [
        f"{languages.name_of(code)} {SecretaryLanguage.Level(int(level)).label}"
        for code, _colon, level in spoken
    ]
    speeds = [*row.firms_typing, *row.clients_typing]
    typed = [_("typing at %(n)d correct words a minute") % {"n": max(speeds)}] if speeds else []
    return tuple(dict.fromkeys([*row.firms_papers, *row.clients_papers, *named, *typed]))


def speaking(language) -> QuerySet[SecretaryLanguage]:
    """Who speaks it, whatever the region: "fr" and "fr-CH" are one; "ka" and "kab" are not."""
    return SecretaryLanguage.objects.alias(first=_first_part(F("language"))).filter(
        first=_first_part(language)
    )


def _first_part(language) -> Func:
    """ "en" of "en-GB"."""
    return Func(Lower(language), Value("-"), Value(1), function="SPLIT_PART", output_field=CharField())


def _papers(needed):
    her_day = clock.day_in(OuterRef(OuterRef("secretary__zone")))  # where she lives, as the rota has it
    has = Certificate.objects.filter(
        Q(expires_on=None) | Q(expires_on__gte=her_day),
        secretary=OuterRef(OuterRef("secretary")),
        training=OuterRef("training"),
        state=Certificate.State.CHECKED,
    )
    lacking = needed.filter(~Exists(has), training__isnull=False)
    return lacking.order_by("training__name").values("training__name")


def _languages(needed):
    has = speaking(OuterRef("language")).filter(
        secretary=OuterRef(OuterRef("secretary")), level__gte=OuterRef("level")
    )
    has = has.exclude(how=SecretaryLanguage.How.SAID)  # what is required is known by more than her word
    lacking = needed.filter(~Exists(has), training=None, words_a_minute=None)
    told = Concat(F("language"), Value(":"), Cast("level", CharField()), output_field=CharField())
    return lacking.annotate(told=told).order_by("language").values("told")


def _typing(needed):
    """Speeds at the keyboard above that of her newest test that counts."""
    newest = TypingTest.objects.counted().filter(secretary=OuterRef(OuterRef("secretary")))
    newest = newest.order_by("-begun_at", "-pk").values("words_a_minute")[:1]
    hers = Coalesce(Subquery(newest), Value(0), output_field=DecimalField())
    lacking = needed.alias(hers=hers).filter(words_a_minute__gt=F("hers"))
    return lacking.order_by("words_a_minute").values("words_a_minute")
