"""Keeps one organisation alive: its loop, its journal, its engine."""
