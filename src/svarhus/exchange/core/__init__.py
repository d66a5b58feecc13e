"""Pure: inputs in, facts and commands out. No I/O, no clock, no event loop."""
