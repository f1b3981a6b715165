"""What families write beside a request, by why they ask; English, then Spanish."""

ENGLISH = {
    "low_supply": (
        "I make about four ounces a day, whatever I try.",
        "We're working with a lactation consultant and it is slow going.",
        "My milk came late and never came enough.",
        "Pumping eight times a day for a third of what she drinks.",
        "My supply dropped when I went back to work.",
        "Insufficient glandular tissue. I nurse with a supplementer.",
        "Twins, and I make enough for one.",
    ),
    "surgery": (
        "I had a reduction ten years ago and make very little.",
        "A double mastectomy before the pregnancy, so none of my own.",
    ),
    "medication": (
        "I start a treatment on Monday and can't nurse for three weeks.",
        "My medicine doesn't go with nursing.",
    ),
    "allergy": (
        "He reacts to cow's milk, and to soy as well. Everything we tried made it worse.",
        "Blood in the diapers with formula. It stopped with donated milk.",
        "The pediatrician thinks of a protein intolerance.",
        "She throws up every formula we tried.",
        "Reflux and a rash, both better since we left dairy out.",
    ),
    "child_health": (
        "She came home from hospital with a feeding tube and gains slowly.",
        "A heart operation is planned. She should gain before it.",
        "He gains badly and his doctor would like more breast milk.",
    ),
    "adoption": (
        "We adopted and would like her to have human milk for the first months.",
        "We are two dads and our son came three weeks early.",
    ),
    "separation": ("My wife is in hospital and the baby is at home with me.",),
    "multiples": ("Triplets. Anything helps.",),
    "death_of_parent": ("My sister died. I'm raising her daughter.",),
}

SPANISH = {
    "low_supply": (
        "Me sale muy poca leche, unas cuatro onzas al día.",
        "Me saco leche ocho veces al día y no alcanza.",
        "Bajó mi producción cuando volví al trabajo.",
    ),
    "allergy": (
        "Mi bebé no tolera la leche de vaca ni la soya.",
        "Con la fórmula le salen ronchas y vomita.",
    ),
    "child_health": ("Nació antes de tiempo y sube de peso muy despacio.",),
    "medication": ("Empiezo un tratamiento y no puedo dar pecho por tres semanas.",),
    "multiples": ("Son gemelos y mi leche alcanza para uno.",),
}

LACTATION = frozenset({"low_supply", "surgery", "medication", "multiples"})
CHILDS_HEALTH = frozenset({"allergy", "child_health"})

TAILS = (
    "I can drive, also far.",
    "I have a cooler and ice packs.",
    "I'll gladly replace your bags.",
    "We have a chest freezer with room for 300 ounces.",
    "We heat it at home, as our midwife showed us.",
    "I can come on short notice.",
    "Evenings after six are best.",
    "Thank you for reading this.",
    "Any amount helps, twenty ounces are a day.",
    "Our doula can pick it up as well.",
    "We'd love to find one donor for a longer time.",
    "A little caffeine is fine.",
    "We don't mind high lipase.",
)

SPANISH_TAILS = (
    "Puedo manejar, también lejos.",
    "Tengo hielera y hielo en gel.",
    "Con gusto te repongo las bolsas.",
    "Cualquier cantidad ayuda.",
    "Mi mamá también puede recogerla.",
    "Gracias por leer esto.",
)
