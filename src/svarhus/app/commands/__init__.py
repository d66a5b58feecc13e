"""The commands of `./svarhus`, one module each."""
