"""What a secretary can do and how it is known, what is required, and who suits a piece of work."""
