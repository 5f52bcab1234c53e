"""The suites of `script/test`: what each runs, side by side, and how it ended."""
