"""A practice call at her desk: the desk's own bar, slip and panel, over a copy of the client."""
