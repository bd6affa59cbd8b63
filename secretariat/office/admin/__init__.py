from . import contracts, firm, people, profiles, rota, secretaries, shifts

__all__ = ["contracts", "firm", "people", "profiles", "rota", "secretaries", "shifts"]
