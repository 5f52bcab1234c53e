"""What waits for a person: questions, the dialogues that show them, answers."""

from . import contact_choice, decision

# What extends them; what checks an answer is asked before what carries it out.
# isort: split
from . import question_words

# What they say of one kind goes on from there.
# isort: split
from . import contacts, deletions, hiding, mails, proposals, vacuum, waiting

# isort: split
from . import answering, card
