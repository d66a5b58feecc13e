"""What each fact means for the state, one file for each domain. Nothing is decided here."""
