"""The dialogue of a callback, in parts: a time is offered, a number taken, a message left."""
