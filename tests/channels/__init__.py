"""Push notifications, with the sandbox that sends them."""
