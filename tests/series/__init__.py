"""Tests of series, from the screen to Google and back: `sync/series`, the Store's."""
