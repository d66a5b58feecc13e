"""Svarhus: an open contact centre and switchboard."""
