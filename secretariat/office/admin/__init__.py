from . import firm, people, secretaries, shifts

__all__ = ["firm", "people", "secretaries", "shifts"]
