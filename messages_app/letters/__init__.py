"""A letter on paper: how an address is written, where a window wants it, and the page itself.

Pure but for `typesetting`, which asks the typesetter. Nothing here knows a row or the clock.
"""
