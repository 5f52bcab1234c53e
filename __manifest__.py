{
    "name": "Google Sync: agenda and contacts",
    "summary": "Keep each user's Odoo agenda and chosen contacts in step with Google",
    "version": "19.0.1.0.0",
    "category": "Productivity/Calendar",
    "license": "LGPL-3",
    "author": "google_sync contributors",
    "website": "https://github.com/google-sync/google_sync",
    "depends": ["calendar", "contacts"],
    "external_dependencies": {
        "python": [
            "google-api-python-client",
            "google-auth",
            "google-auth-oauthlib",
            "vobject",
            "phonenumbers",
            "cryptography",
        ],
    },
    "data": [
        "security/google_sync_groups.xml",
        "security/google_sync_rules.xml",
        "security/ir.model.access.csv",
    ],
    "application": True,
}
