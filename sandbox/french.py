"""French texts of the sandbox's pages, by their English original."""

FRENCH = {
    # consent
    "Sign in with Google (sandbox)": "Se connecter avec Google (simulation)",
    "Choose an account": "Choisissez un compte",
    "to continue to {app}": "pour continuer vers {app}",
    "{app} wants access to your Google Account": "{app} souhaite accéder à votre "
    "compte Google",
    "Select what {app} can access": "Sélectionnez ce à quoi {app} peut accéder",
    "Select all": "Tout sélectionner",
    "Cancel": "Annuler",
    "Allow": "Autoriser",
    "This is a simulated Google. Nothing leaves this machine.": "Ceci est un Google "
    "simulé. Rien ne quitte cette machine.",
    "Use another account": "Utiliser un autre compte",
    "Access blocked": "Accès bloqué",
    "Error {status}: {error}": "Erreur {status} : {error}",
}
