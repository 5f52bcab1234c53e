"""One run on one calendar: engine, pull, settle, push, deletions, preview."""
