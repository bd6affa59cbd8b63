from . import contracts, firm, people, profiles, rota, secretaries, security, shifts

__all__ = ["contracts", "firm", "people", "profiles", "rota", "secretaries", "security", "shifts"]
