"""What the pages made of the code say around it, in English and in French."""

from __future__ import annotations

NOTICE = "<!-- Made of the code by script/docs; what is changed here is lost. -->"
LANGUAGES = ("en", "fr")

TROUBLES = {
    "en": (
        "Troubleshooting by message",
        "Every sentence that the addon can say, as it stands in the code. Search this "
        "page for some words of the one you see. ‹Words in angle brackets› stand for "
        "names, dates and numbers. What stands in brackets after a message, such as "
        "`[quotaExceeded]`, is Google's own reason, for support; it stands here after the "
        "message. Where a message does not help: press **Test** in the tab "
        "Synchronisation, and do what the crosses say.",
    ),
    "fr": (
        "Dépannage par message",
        "Toutes les phrases que le module peut dire, telles qu'elles sont dans le code. "
        "Cherchez dans cette page quelques mots de celle que vous voyez. Les ‹mots entre "
        "chevrons› tiennent lieu de noms, de dates et de nombres. Ce qui suit un message "
        "entre crochets, par exemple `[quotaExceeded]`, est la raison donnée par Google, "
        "pour l'assistance ; elle figure ici après le message. Si un message n'aide pas : "
        "appuyez sur **Tester** dans l'onglet Synchronisation, et faites ce que disent les "
        "croix.",
    ),
}
#: Parts of that page: beginnings of paths, then heading and introduction by language.
#: The first that fits holds a file; the last takes whatever no other takes.
PARTS = (
    (
        (
            "models/journal/explanations",
            "models/connection/explaining.py",
            "models/connection/resuming.py",
            "models/account/database.py",
            "models/account/state.py",
            "models/account/telling.py",
            "models/running/outcome.py",
            "models/running/contacts.py",
            "models/asking/asking.py",
            "models/shown/light.py",
            "models/account/outsider.py",
        ),
        {
            "en": (
                "The synchronisation stops, or waits",
                "These stand in *Last result*, under the light, and in the journal. "
                "Nothing is lost meanwhile: what is edited on either side follows when it "
                "goes on. The light says who has to act: orange is for you (**Connect**), "
                "red for an administrator, and what waits for Google goes on by itself.",
            ),
            "fr": (
                "La synchronisation s'arrête, ou attend",
                "Ces phrases se trouvent dans *Dernier résultat*, sous le voyant, et dans "
                "le journal. Rien n'est perdu entre-temps : ce qui est modifié de part et "
                "d'autre suit à la reprise. Le voyant dit qui doit agir : orange, c'est à "
                "vous (**Connexion**) ; rouge, à un administrateur ; et ce qui attend "
                "Google reprend tout seul.",
            ),
        },
    ),
    (
        (
            "models/journal/words.py",
            "models/journal/series",
            "models/agenda/colours.py",
        ),
        {
            "en": (
                "One event does not follow",
                "Lines of the journal, and the panel behind the sign of an event. The "
                "others go on; this one is tried again after its next edit, or at once "
                "with *Try again* in its panel.",
            ),
            "fr": (
                "Un événement ne suit pas",
                "Lignes du journal, et volet derrière le signe d'un événement. Les autres "
                "continuent ; celui-ci est repris après sa prochaine modification, ou tout "
                "de suite par *Réessayer* dans son volet.",
            ),
        },
    ),
    (
        ("models/journal/contact_words.py", "models/contacts/"),
        {
            "en": (
                "One contact does not follow; the list of contacts",
                "Lines of the journal, the form of a contact, and *Contacts to "
                "synchronise*.",
            ),
            "fr": (
                "Un contact ne suit pas ; la liste des contacts",
                "Lignes du journal, fiche d'un contact, et *Contacts à synchroniser*.",
            ),
        },
    ),
    (
        ("models/journal/why.py", "models/agenda/calendar_event_"),
        {
            "en": (
                "Why an event is in Google, or is not",
                "The panel behind the sign on each event.",
            ),
            "fr": (
                "Pourquoi un événement est dans Google, ou n'y est pas",
                "Le volet derrière le signe de chaque événement.",
            ),
        },
    ),
    (
        (
            "models/connection/answer.py",
            "models/connection/grant.py",
            "models/connection/oauth.py",
            "models/connection/neighbour.py",
            "models/connection/calendars.py",
            "models/account/named.py",
            "wizards/manual_connection.py",
            "wizards/owner_link.py",
            "controllers/",
        ),
        {
            "en": (
                "Connecting",
                "What *Connect* and *Manual connection* say. Nothing is connected when one "
                "of them complains: begin again with the button.",
            ),
            "fr": (
                "Se connecter",
                "Ce que disent *Connexion* et *Connexion manuelle*. Rien n'est connecté "
                "quand l'un des deux se plaint : recommencez par le bouton.",
            ),
        },
    ),
    (
        (
            "models/connection/client_file.py",
            "models/connection/res_config_settings",
            "wizards/setup",
            "wizards/invitation.py",
            "models/journal/res_config_settings.py",
        ),
        {
            "en": (
                "Settings and the steps through Google's console",
                "For administrators: *Settings > Google Sync*.",
            ),
            "fr": (
                "Paramètres et étapes dans la console Google",
                "Pour les administrateurs : *Paramètres > Synchro Google*.",
            ),
        },
    ),
    (
        ("models/connection/diagnose", "wizards/diagnose.py"),
        {
            "en": (
                "What Test says",
                "The button **Test** asks Google at once. A tick needs nothing; a warning "
                "or a cross says beside it what to do.",
            ),
            "fr": (
                "Ce que dit Tester",
                "Le bouton **Tester** interroge Google tout de suite. Une coche ne demande "
                "rien ; un avertissement ou une croix dit à côté ce qu'il faut faire.",
            ),
        },
    ),
    (
        ("models/decisions/",),
        {
            "en": (
                "Questions that wait for you",
                "*Google Sync > Decisions*. Nothing is written before you answer.",
            ),
            "fr": (
                "Questions qui vous attendent",
                "*Synchro Google > Décisions*. Rien n'est écrit avant votre réponse.",
            ),
        },
    ),
    (
        ("models/reset/", "wizards/reset.py"),
        {
            "en": ("Resets", "What a reset says beforehand, and its receipt."),
            "fr": (
                "Réinitialisations",
                "Ce qu'une réinitialisation dit avant, et son récépissé.",
            ),
        },
    ),
    (
        (
            "models/running/",
            "models/journal/",
            "models/restoring/",
            "wizards/assistant.py",
            "wizards/first_day.py",
            "wizards/plan.py",
        ),
        {
            "en": (
                "Runs, plans, the journal, putting back",
                "What the buttons that start something answer, and the first sentence of a "
                "run in the journal.",
            ),
            "fr": (
                "Synchronisations, plans, journal, restauration",
                "Ce que répondent les boutons qui lancent quelque chose, et la première "
                "phrase d'une synchronisation dans le journal.",
            ),
        },
    ),
    (
        ("",),
        {
            "en": (
                "What a form or a right refuses",
                "Nothing was changed where one of these is shown.",
            ),
            "fr": (
                "Ce qu'un formulaire ou un droit refuse",
                "Rien n'a été changé quand l'une de ces phrases s'affiche.",
            ),
        },
    ),
)
REASON = {"en": "Google's reason", "fr": "raison de Google"}

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
