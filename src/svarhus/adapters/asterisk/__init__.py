"""Asterisk as the telephony engine, spoken to over ARI."""
