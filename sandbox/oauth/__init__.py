"""Google's OAuth 2.0: consent page, token endpoint, revocation, user info."""
