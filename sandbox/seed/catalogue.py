"""The demo's vocabulary: who, what and where. Invented; mails end in example.*."""

CLIENT_ID = "sandbox-client"
CLIENT_SECRET = "sandbox-secret"

MARIE = ("marie.durand@example.com", "Marie Durand")
PAUL = ("paul.martin@example.com", "Paul Martin")
TEAM_CALENDAR = "equipe-commerciale@group.calendar.google.com"
PERSONAL_CALENDAR = "personnel-marie@group.calendar.google.com"
HOLIDAYS = "fr.french#holiday@group.v.calendar.google.com"

# Working days: title, place, minutes, extra fields.
MEETINGS = [
    ("Rendez-vous Boulangerie Morel", "12 rue des Lilas, Lyon", 60, {"colorId": "10"}),
    ("Intervention chez Garage Lefèvre", "Zone des Pins, Bron", 120, {"colorId": "11"}),
    ("Appel fournisseur papier", "", 30, {"colorId": "9"}),
    ("Quarterly review with Northwind", "Room Curie", 90, {"colorId": "6"}),
    ("Formation nouveau logiciel", "Salle Ampère", 180, {"colorId": "3"}),
    ("Déjeuner avec Sophie", "Le Petit Bouchon", 90, {}),
    ("Entretien annuel", "Bureau 204", 60, {"visibility": "private"}),
    ("Démonstration produit", "https://meet.example.com/demo", 45, {}),
    ("Coffee with Emma (Oslo office)", "Café de la Paix", 30, {"colorId": "1"}),
    ("Préparer le devis Hôtel des Alpes", "", 90, {"transparency": "transparent"}),
    ("Visite de chantier", "8 quai Perrache, Lyon", 120, {"colorId": "7"}),
    ("Sprint planning", "Room Curie", 60, {"colorId": "6"}),
    ("Contrôle technique voiture", "Centre Auto Sud", 60, {}),
    ("Réunion de service", "Salle Ampère", 60, {"colorId": "6"}),
    ("Job interview: J. Keller", "Room Lumière", 60, {"visibility": "private"}),
]
# All day: title, days from today, length in days, extra fields.
ALL_DAY = [
    ("Salon de la boulangerie", 9, 3, {"location": "Eurexpo Lyon", "colorId": "4"}),
    ("Congés de fin d'année", 32, 8, {"colorId": "2", "transparency": "transparent"}),
    ("Déménagement des bureaux", 17, 2, {"description": "Cartons prêts la veille."}),
    ("Company offsite", -12, 2, {"location": "Annecy", "colorId": "4"}),
    ("Rendre la déclaration de TVA", 5, 1, {"transparency": "transparent"}),
    ("RTT", 20, 1, {"colorId": "2", "visibility": "private"}),
    ("Inventaire annuel", 44, 1, {}),
]
TEAM = [
    ("Point pipeline", 2, 9, 45),
    ("Revue des objectifs", 6, 14, 60),
    ("Accueil de Karim", 8, 10, 30),
    ("Team lunch", 13, 12, 90),
    ("Clôture du mois", 10, 17, 60),
]
PERSONAL = [
    ("Dentiste", 4, 18, 45),
    ("Cours de chant", 3, 19, 60),
    ("Réunion parents-professeurs", 11, 18, 60),
    ("Week-end chez Maman", 13, None, 2),
]
HOLIDAY_DAYS = [
    ("Jour de l'an", 1, 1),
    ("Fête du Travail", 5, 1),
    ("Victoire 1945", 5, 8),
    ("Fête nationale", 7, 14),
    ("Assomption", 8, 15),
    ("Toussaint", 11, 1),
    ("Armistice 1918", 11, 11),
    ("Noël", 12, 25),
]
HTML_NOTES = [
    "<b>Ordre du jour</b><ul><li>Bilan</li><li>Questions diverses</li></ul>",
    'Plan : <a href="https://example.com/plan">ici</a><br>Code porte&nbsp;: 4512',
    "<p>Bring the <i>signed</i> contract &amp; the samples.</p>",
    "Ligne 1\nLigne 2\nTexte simple",
]
CONTACT_NAMES = [  # given, family, what stands before the @
    ("Sophie", "Morel", "sophie.morel"),
    ("Karim", "Benali", "karim.benali"),
    ("Emma", "Hansen", "emma.hansen"),
    ("Lucas", "Garnier", "lucas.garnier"),
    ("Chloé", "Faure", "chloe.faure"),
    ("Hugo", "Rousseau", "hugo.rousseau"),
    ("Léa", "Lambert", "lea.lambert"),
    ("愛子", "田中", "aiko.tanaka"),
    ("فاطمة", "العمراني", "fatima.elamrani"),
    ("Manon", "Mercier", "manon.mercier"),
    ("Géraud", "de la Facturation", "geraud"),
    ("Inès", "Guérin", "ines.guerin"),
    ("Jules", "Boyer", "jules.boyer"),
    ("Sarah", "Cohen", "sarah.cohen"),
    ("Antoine", "Chevalier", "antoine.chevalier"),
    ("Zoé", "François", "zoe.francois"),
    ("Olivier", "Legrand", "olivier.legrand"),
    ("Noémie", "Gauthier", "noemie.gauthier"),
    ("Yann", "Le Goff", "yann.legoff"),
    ("Björn", "Lindqvist", "bjorn.lindqvist"),
    ("Łukasz", "Żółtowski", "lukasz.zoltowski"),
    ("Maria", "Silva", "maria.silva"),
    ("John", "Smith", "john.smith"),
    ("Anna", "Kowalska", "anna.kowalska"),
    ("Pedro", "Álvarez", "pedro.alvarez"),
    ("Éric", "Dupuis", "eric.dupuis"),
    ("Claire", "Fontaine", "claire.fontaine"),
    ("Mehdi", "Haddad", "mehdi.haddad"),
    ("Accueil", "", "accueil"),
    ("Tom", "O'Brien", "tom.obrien"),
]
CONTACT_NOTES = [
    "Rencontrée au salon de Lyon.\nPréfère le matin.",
    "Ne pas appeler avant 10 h.\n\nParle anglais & japonais.",
    "Allergique aux noix (déjeuner du 12).",
    "Code client : 4512\nVoir aussi : https://example.com/fiche?id=4512",
]
COMPANIES = [
    ("Boulangerie Morel", "Gérante"),
    ("Garage Lefèvre", "Chef d'atelier"),
    ("Northwind Ltd", "Account Manager"),
    ("Hôtel des Alpes", "Directrice"),
    ("Atelier Lumière", "Architecte"),
    ("", ""),
]
