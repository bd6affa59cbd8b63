"""Post that comes for a client: noted, opened where we may, scanned, passed on, its paper followed."""
