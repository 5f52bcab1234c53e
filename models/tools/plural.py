"""One or many: Odoo's catalogue of translations has no plural forms."""


def plural(env, number, one, many):
    """The sentence that fits `number`; in French nought is singular too."""
    singular = abs(number) < 2 if (env.lang or "").startswith("fr") else number == 1
    return one if singular else many
