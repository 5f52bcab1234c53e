"""The work folder: Odoo, PostgreSQL, Python packages and Chromium, got and started."""
