"""Messages that we send: mail and texts, written with what causes them, sent once each, and kept with what became of
them."""
