"""What the shell keeps of questions and answers, for both halves."""

from google_sync.sync.asking import USED_UP


def ask(tables, questions):
    """The answers there are; what is asked again after its answer was used is open."""
    for question in questions:
        if question.kind in USED_UP:
            tables.answers.pop(question.key, None)
            tables.questions.pop(question.key, None)
        tables.questions.setdefault(question.key, question)
    keys = [question.key for question in questions]
    return {key: tables.answers[key] for key in keys if key in tables.answers}
