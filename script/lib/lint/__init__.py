"""What `script/lint` checks, the borders of the rooms, the proof of each."""
