"""What sets up a checkout: its packages, its browser, and what was done already."""
