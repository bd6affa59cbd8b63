"""What a client may know of what is done with her data: who may, who did, how long, and a copy of it all."""
