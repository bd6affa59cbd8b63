"""Mail for clients: what it says, whatever is wrong with it; where it belongs; what it asks for."""
