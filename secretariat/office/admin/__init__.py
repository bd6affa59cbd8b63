from . import contracts, firm, people, rota, secretaries, shifts

__all__ = ["contracts", "firm", "people", "rota", "secretaries", "shifts"]
