"""The demonstration organisation, with which a newcomer begins."""
