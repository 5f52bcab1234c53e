from . import contacts, main
