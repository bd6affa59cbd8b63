"""Letters: the page itself, what a client says of it, and its way through the post.

Pure, without a row or the clock: `addresses`, `layouts`, `differing`; `typesetting` asks the
typesetter. The others are verbs on rows.
"""
