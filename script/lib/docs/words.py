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
            "models/connection/by_hand.py",
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
