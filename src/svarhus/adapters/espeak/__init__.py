"""Speech by espeak-ng, which runs as a program of its own."""
