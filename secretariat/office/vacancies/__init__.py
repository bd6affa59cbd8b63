"""Vacancies and those who apply: from the public page to the first shift."""
