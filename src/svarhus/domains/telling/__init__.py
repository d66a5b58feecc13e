"""Customers are told of their callbacks by SMS and e-mail, and answered when they write."""
