"""One run on one calendar: engine, pull, settle, `pushing`, `deleting`, `undoing`."""
