"""Calendar v3: one module per concern, ``api.py`` is the way in."""
