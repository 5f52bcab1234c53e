"""One run on an account's calendars: `engine` is the order of its steps.

Google to Odoo: `ahead`, `pull`, `companions`, `settle` (and what it consists of:
`settle_...`, `newcomers`, `twins`, `survivors`, `handing_over`), `moved_in_google`,
`retry`. Odoo to Google: `pushing`, `moved_in_odoo`, `lengthen`. Both ways: `deleting`,
`refused`, `questions`. Without writing: `glance`, `preview`; nothing but a plan:
`planned`. Back again: `undoing`.
"""
