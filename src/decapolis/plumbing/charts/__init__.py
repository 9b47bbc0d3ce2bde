"""Geometry of charts: numbers in, places and paths as text out. Templates draw them, on a page or as a picture.

Attributes of SVG are made here as text, because a template would write decimals in the reader's language.
"""
