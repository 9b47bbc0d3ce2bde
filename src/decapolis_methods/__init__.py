"""Pure methods: numbers in, frozen dataclasses out. No Django, no clock, no network, no database."""
