"""Live events carry ids and versions, and are gone after ten minutes."""

from secretariat.retention.registry import impersonal

from .models import LiveEvent

impersonal(LiveEvent, "event subject_id audience", because="a name of ours, and ids")
