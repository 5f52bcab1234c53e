"""The mails that a write would have made Google send: counted, never sent."""

GOOGLE_DOMAINS = ("gmail.com", "googlemail.com")


def send(world, calendar, kind, target, params, previous):
    """Note the mails of one write; none without other people on the event."""
    recipients = _recipients(calendar, kind, target, previous)
    if not recipients:
        return
    mode = params.get("sendUpdates")
    if mode is None:
        mode = "all" if params.get("sendNotifications") else "none"
        world.warn("sendUpdates not given on a write to an event with guests")
    if mode == "externalOnly":
        recipients = [email for email in recipients if _external(world, email)]
    if mode != "none":
        world.mails.add(kind, calendar.id, recipients, target, mode)


def _recipients(calendar, kind, target, previous):
    people = target.data.get("attendees", [])
    if kind == "response":
        organizer = target.data.get("organizer", {}).get("email")
        return [organizer] if organizer else []
    emails = {person["email"].lower() for person in people}
    emails |= {p["email"].lower() for p in (previous or {}).get("attendees", [])}
    return sorted(emails - {calendar.id.lower()})


def _external(world, email):
    domain = email.rpartition("@")[2]
    return email not in world.accounts_by_email and domain not in GOOGLE_DOMAINS
