"""The steps by which the database came to be what it is. Run by `svarhus.app.database.migrate`."""
