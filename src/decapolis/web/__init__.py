"""Settings, addresses, the shell of the site, and pages that join steps."""
