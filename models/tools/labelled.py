"""A label and its value as one line."""


def labelled(env, label, value):
    """“Label: value”, with the space that French has before the colon."""
    space = "\N{NBSP}" if (env.lang or "").startswith("fr") else ""
    return f"{label}{space}: {value}"
