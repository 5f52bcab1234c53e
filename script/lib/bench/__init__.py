"""The bench: both sides, what they are asked, and the table of what they took."""
