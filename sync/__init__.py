"""What decides, pure: no Odoo, no HTTP, no clock.

The ground floor is what all rooms share: the two ports' words, directions, the brake.
"""
