"""What older snapshots said in other words, one file for each change. See `svarhus.exchange.core.snapshots`."""
