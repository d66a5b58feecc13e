"""Installs and runs the engines that come with the product: Asterisk and PostgreSQL as child processes."""
