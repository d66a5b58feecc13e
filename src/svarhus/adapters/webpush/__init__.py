"""Web Push: messages to browsers by way of their makers' push services (RFC 8030, 8291 and 8292)."""
