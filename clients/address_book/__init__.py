"""A client’s address book: read from files, matched with what stands there, and taken back whole."""
