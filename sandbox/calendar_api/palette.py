"""Google's colours: the classic hex of colors.get and the modern hex of its pages."""

EVENT = {
    "1": ("Lavender", "#a4bdfc", "#7986cb"),
    "2": ("Sage", "#7ae7bf", "#33b679"),
    "3": ("Grape", "#dbadff", "#8e24aa"),
    "4": ("Flamingo", "#ff887c", "#e67c73"),
    "5": ("Banana", "#fbd75b", "#f6bf26"),
    "6": ("Tangerine", "#ffb878", "#f4511e"),
    "7": ("Peacock", "#46d6db", "#039be5"),
    "8": ("Graphite", "#e1e1e1", "#616161"),
    "9": ("Blueberry", "#5484ed", "#3f51b5"),
    "10": ("Basil", "#51b749", "#0b8043"),
    "11": ("Tomato", "#dc2127", "#d50000"),
}
CALENDAR = {
    "1": ("Cocoa", "#ac725e", "#795548"),
    "2": ("Flamingo", "#d06b64", "#e67c73"),
    "3": ("Tomato", "#f83a22", "#d50000"),
    "4": ("Tangerine", "#fa573c", "#f4511e"),
    "5": ("Pumpkin", "#ff7537", "#ef6c00"),
    "6": ("Mango", "#ffad46", "#f09300"),
    "7": ("Eucalyptus", "#42d692", "#009688"),
    "8": ("Basil", "#16a765", "#0b8043"),
    "9": ("Pistachio", "#7bd148", "#7cb342"),
    "10": ("Avocado", "#b3dc6c", "#c0ca33"),
    "11": ("Citron", "#fbe983", "#e4c441"),
    "12": ("Banana", "#fad165", "#f6bf26"),
    "13": ("Sage", "#92e1c0", "#33b679"),
    "14": ("Peacock", "#9fe1e7", "#039be5"),
    "15": ("Cobalt", "#9fc6e7", "#4285f4"),
    "16": ("Blueberry", "#4986e7", "#3f51b5"),
    "17": ("Lavender", "#9a9cff", "#7986cb"),
    "18": ("Wisteria", "#b99aff", "#b39ddb"),
    "19": ("Graphite", "#c2c2c2", "#616161"),
    "20": ("Birch", "#cabdbf", "#a79b8e"),
    "21": ("Radicchio", "#cca6ac", "#ad1457"),
    "22": ("Cherry Blossom", "#f691b2", "#d81b60"),
    "23": ("Grape", "#cd74e6", "#8e24aa"),
    "24": ("Amethyst", "#a47ae2", "#9e69af"),
}


def colors():
    """The answer of colors.get."""

    def table(palette):
        return {
            key: {"background": classic, "foreground": "#1d1d1d"}
            for key, (_name, classic, _modern) in palette.items()
        }

    return {
        "kind": "calendar#colors",
        "updated": "2012-02-14T00:00:00.000Z",
        "calendar": table(CALENDAR),
        "event": table(EVENT),
    }
