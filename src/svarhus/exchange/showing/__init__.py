"""What those who are watching see of it."""
