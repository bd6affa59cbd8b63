"""Confirmed time, and what clients are billed for it. Every amount opens to the seconds it came from."""
