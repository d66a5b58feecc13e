"""The same core as in real life, on virtual time and with simulated telephones."""
