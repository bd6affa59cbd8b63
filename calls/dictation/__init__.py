"""Dictation: the line and who may use it, what was said, and how it comes to the queue."""
