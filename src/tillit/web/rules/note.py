"""With whom a contact can be, and how: codes, and their words on the screen."""

CONTACTS = {
    "client": "Den enskilde",
    "representative": "Företrädaren",
    "provider": "Anordnaren",
    "authority": "Annan myndighet",
    "other": "Annan",
}
CHANNELS = {
    "phone": "Telefon",
    "meeting": "Möte",
    "visit": "Besök",
    "letter": "Brev",
    "mail": "E-post",
    "secure": "Säker post",
}
