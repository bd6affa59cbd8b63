from . import firm, people, rota, secretaries, shifts

__all__ = ["firm", "people", "rota", "secretaries", "shifts"]
