"""Mail over SMTP (RFC 5321, RFC 6409)."""
