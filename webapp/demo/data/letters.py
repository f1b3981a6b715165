"""Letters as donors and families write them: who wrote, how many minutes ago, and what."""

STARTER, OWNER = "starter", "owner"

Letters = tuple[tuple[str, int, str], ...]

ANSWERED: Letters = (
    (
        STARTER,
        4100,
        "Hello, our son is ten weeks old and reacts to dairy. You wrote that you have left it out "
        "for a long time. Would some of your milk be free for us?",
    ),
    (
        OWNER,
        3900,
        "Hi, yes, since my own daughter's rash. About 400 ounces are there. How much do you need?",
    ),
    (STARTER, 3890, "About 120 for the next weeks, until my own supply is back."),
    (
        OWNER,
        3600,
        "That works. I have one coffee a day and nothing else worth telling. "
        "I've opened my note for you, there is more in it.",
    ),
    (STARTER, 3580, "Thank you. I'm June, by the way. Could we meet first, without milk?"),
    (OWNER, 1500, "Gladly. The library in Gresham, Saturday at ten?"),
    (STARTER, 12, "Saturday at ten is good. I'll be the one with the yellow stroller."),
)

TO_THE_DONOR: Letters = (
    (
        STARTER,
        190,
        "We're looking for milk for our daughter, five months. I could come to you any evening.",
    ),
)

BY_THE_DONOR: Letters = (
    (
        STARTER,
        1300,
        "I have more than we use and live about ten minutes from you. Is it still needed?",
    ),
)

TO_THE_RECIPIENT: Letters = (
    (
        STARTER,
        75,
        "I saw what you are looking for. Mine is frozen in four-ounce bags, all dated. "
        "Ask me whatever you'd like to know.",
    ),
)

BY_THE_RECIPIENT: Letters = (
    (
        STARTER,
        2600,
        "Hello, is there anything left? We're in Portland and have a cooler.",
    ),
)

IN_SPANISH: Letters = (
    (STARTER, 5200, "Hola, ¿todavía tiene leche? Mi hijo no tolera los lácteos."),
    (OWNER, 5000, "Hola, sí. No como lácteos desde enero. ¿Cuántos meses tiene su bebé?"),
    (STARTER, 4800, "Dos meses y medio. ¿Se la da a alguien más?"),
    (OWNER, 38, "Todavía no. El jueves puedo ir al centro, si le queda bien."),
)
