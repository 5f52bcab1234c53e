"""The simulated People API v1: contacts, groups (labels), photos, sync tokens."""
