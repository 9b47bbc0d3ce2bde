"""What the city looks like: its name, logo, colours and languages."""
