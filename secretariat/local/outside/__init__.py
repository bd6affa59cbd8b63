"""The outside world of a demo or a story: callers, telephones at home, mobiles and mailboxes.

One asyncio process, started as ``python -m secretariat.local.outside``. It runs the carrier
simulator, catches the office's mail and serves the pages on which one person can be everybody else.
It has no ORM and no database; it knows the office by its public addresses only.
"""
