"""Visitors who call from the public page, without an account or a phone."""
