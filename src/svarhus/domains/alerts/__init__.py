"""Alerts of queues, as they reach people: mail and texts. What raises them is decided in the exchange."""
