"""The demo: its people, its servers, the story it plays and what it says of it."""
