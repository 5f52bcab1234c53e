"""Taking back what a run did: `deeds` judges, `undo` is the order of steps."""
