"""Pictures of every page, taken in a real browser."""
