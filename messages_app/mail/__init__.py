"""Mail that came in: what it says, whatever is wrong with it."""
