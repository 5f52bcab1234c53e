"""What waits for a person: questions, the dialogues that show them, answers."""

from . import contact_choice, decision

# What extends them.
# isort: split
from . import contacts, deletions, mails, vacuum
