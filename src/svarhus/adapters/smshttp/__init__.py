"""Text messages by a provider's HTTP interface, in the manner of 46elks."""
