"""The city on the map: districts, neighbourhoods and sites, with their outlines."""
