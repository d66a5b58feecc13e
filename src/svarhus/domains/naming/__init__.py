"""Keys and identities in logs, by the names that people know them by."""
