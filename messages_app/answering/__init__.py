"""Writing in a client's name: claimed, typed, approved, sent, and followed to its end."""
