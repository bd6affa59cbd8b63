"""What the tables hold of people, how long it stays, and what then becomes of it.

Each package says so of its own columns in its `personal.py`; the sweep carries it out.
"""
