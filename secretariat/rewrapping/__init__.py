"""Changing the firm's keys: every key that they seal is sealed anew with the newest of them."""
