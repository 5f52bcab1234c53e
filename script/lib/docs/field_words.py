"""The words around the table of fields, in English and in French."""

FIELDS = {
    "en": (
        "Fields and directions",
        "What is synchronised, and which way. Read from the tables that the engine follows "
        "(`sync/events/fields.py`, `sync/contacts/fields.py`).",
        "Events",
        "A calendar of one way takes away the other. What Google lets nobody but the "
        "organiser change comes from Google only, for everybody else; reminders, busy and "
        "colour are the owner's own, in the owner's copy.",
        "Contacts",
        "What the person added in Google (a second mail, a nickname, labels) stays. "
        "*Not synchronised* fields can be given a direction by another addon: see "
        "[A field from outside](engineer.md#a-field-from-outside).",
        ("Field", "Direction", "In Odoo", "In Google", "Mind"),
    ),
    "fr": (
        "Champs et sens",
        "Ce qui est synchronisé, et dans quel sens. Tiré des tables que suit le moteur "
        "(`sync/events/fields.py`, `sync/contacts/fields.py`).",
        "Événements",
        "Un agenda à sens unique supprime l'autre sens. Ce que Google ne laisse changer "
        "qu'à l'organisateur ne vient que de Google, pour tous les autres ; rappels, "
        "disponibilité et couleur sont ceux du propriétaire, dans son exemplaire.",
        "Contacts",
        "Ce que la personne a ajouté dans Google (une seconde adresse, un surnom, des "
        "libellés) y reste. Un autre module peut donner un sens aux champs *non "
        "synchronisés* : voir "
        "[A field from outside](../engineer.md#a-field-from-outside) (en anglais).",
        ("Champ", "Sens", "Dans Odoo", "Dans Google", "À savoir"),
    ),
}
DIRECTIONS = {
    "both": {"en": "both ways", "fr": "dans les deux sens"},
    "to_google": {"en": "Odoo to Google", "fr": "d'Odoo vers Google"},
    "from_google": {"en": "Google to Odoo", "fr": "de Google vers Odoo"},
    "none": {"en": "not synchronised", "fr": "non synchronisé"},
}
#: By field: where it stands in Odoo and in Google, and what to mind in each language.
EVENT_ROWS = {
    "title": ("name", "summary", "", ""),
    "place": ("location", "location", "", ""),
    "description": (
        "description",
        "description",
        "what Odoo writes there about organiser and contact stays in Odoo",
        "ce qu'Odoo y écrit sur l'organisateur et le contact reste dans Odoo",
    ),
    "period": (
        "start, stop, allday",
        "start, end",
        "",
        "",
    ),
    "time_zone": ("event_tz", "start.timeZone", "", ""),
    "recurrence": (
        "recurrence_id",
        "recurrence",
        "option Recurring events",
        "option Actions séries",
    ),
    "guests": (
        "attendee_ids",
        "attendees",
        "to Google too where the user sends Google's invitations",
        "vers Google aussi, si l'utilisateur envoie les invitations de Google",
    ),
    "private": (
        "privacy",
        "visibility",
        "of two that are paired the private one wins",
        "de deux événements rapprochés, le privé l'emporte",
    ),
    "busy": ("show_as", "transparency", "", ""),
    "reminders": (
        "alarm_ids",
        "reminders.overrides",
        "notifications only; Google takes five, of four weeks at the most",
        "notifications seulement ; Google en prend cinq, de quatre semaines au plus",
    ),
    "color": (
        "categ_ids",
        "colorId",
        "option Transfer colours; a colour chosen in Google stays",
        "option Transfert couleur ; une couleur choisie dans Google reste",
    ),
    "video": (
        "videocall_location",
        "conferenceData, hangoutLink",
        "where Odoo has none",
        "si Odoo n'en a pas",
    ),
    "source": (
        "videocall_location",
        "source",
        "Odoo's own meeting address, as a link beside the event",
        "l'adresse de réunion d'Odoo, comme lien à côté de l'événement",
    ),
}
CONTACT_ROWS = {
    "name": ("name", "", ""),
    "emails": ("email", "several go as several", "plusieurs partent séparément"),
    "phone": ("phone", "several go as several", "plusieurs partent séparément"),
    "mobile": ("mobile", "several go as several", "plusieurs partent séparément"),
    "street": ("street", "", ""),
    "street2": ("street2", "", ""),
    "zip": ("zip", "", ""),
    "city": ("city", "", ""),
    "state": ("state_id", "", ""),
    "country": ("country_id", "", ""),
    "country_code": ("country_id", "", ""),
    "company": ("parent_id, company_name", "", ""),
    "function": ("function", "", ""),
    "comment": ("comment", "as plain text", "en texte simple"),
    "photo": (
        "image_1920",
        "Odoo's picture takes the place of Google's, which the journal keeps",
        "l'image d'Odoo remplace celle de Google, que le journal garde",
    ),
    "website": ("website", "", ""),
}
#: Labels that no translation holds: of fields that are not synchronised.
FRENCH_LABELS = {
    "Department": "Service",
    "Title": "Titre",
    "First name": "Prénom",
    "Last name": "Nom de famille",
    "Website": "Site web",
    "Birthday": "Date de naissance",
    "Zip": "Code postal",
}
