"""What is written of what was dictated: typed, shown to the client, and made into the real thing."""
