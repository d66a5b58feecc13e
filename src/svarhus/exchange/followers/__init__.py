"""What follows from the journal's facts: one file for each thing that is kept of them. `registry.py` names all."""
