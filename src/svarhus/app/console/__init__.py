"""The web console: built from `console/`, and served to browsers."""
