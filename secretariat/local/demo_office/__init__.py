"""The people of the demo and their fortnight of believable past work."""
