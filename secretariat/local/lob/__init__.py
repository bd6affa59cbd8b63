"""Lob, who prints and posts letters, as the world outside plays it: a book, without a network.

`description` holds what its published description allows, `book` what it was sent and what became of it,
`notices` what it tells the firm. `secretariat.local.outside.post` speaks HTTP for it.
"""
