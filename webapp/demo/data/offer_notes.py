"""What donors write beside an offer, by how the milk came about; English, then Spanish."""

Notes = dict[str, tuple[str, ...]]

ENGLISH: Notes = {
    "one_off": (
        "My freezer is full and I'd rather it went to a baby than in the bin.",
        "I pumped a lot in the first weeks and she never took a bottle.",
        "He drinks from me now, so this is what is left from the early days.",
        "I had twice what my daughter needs. It adds up.",
        "We're moving house and I can't take the freezer along.",
        "Back at work, back to pumping, and daycare sends half of it home.",
        "She turned out to love solids. I have one shelf too many.",
    ),
    "ongoing": (
        "I have about ten ounces over every day and expect that to go on.",
        "Pumping at work four times a day, so there is new milk every week.",
        "I'd like to help one family for as long as this lasts.",
        "There will be more at the end of each week. We can settle on a day.",
        "I make more than the twins drink, hard as that is to believe.",
        "I gave to another family until their own milk came. Now there's room for a new one.",
    ),
    "travel_surplus": (
        "I'm here for work until Friday and won't fly home with it.",
        "We're visiting my parents for three weeks and I pump while the baby sleeps.",
        "Pumped on a trip. It has been in my sister's freezer since.",
    ),
    "weaning_clear_out": (
        "We weaned last month and the deep freezer is still full.",
        "She has just turned one and is done. All of it can go to one family.",
        "I stopped pumping. Take as many bags as you can carry.",
        "The last of a long year of pumping. I'd be glad to see it used.",
        "We need the freezer for the harvest, so the milk may go first.",
        "Weaned in the summer. Bags are flat and in boxes by week.",
    ),
    "bereaved": (
        "I pumped for my son while he was in hospital. I would like it to help someone.",
        "Please write to me, I'd rather not talk on the phone yet.",
        "This was for our daughter. My sister can hand it over if that is easier.",
    ),
    "surrogate": (
        "I carried for another couple and pumped for six weeks after.",
        "I'm a surrogate. The parents live abroad and have what they can take.",
    ),
}

SPANISH: Notes = {
    "one_off": (
        "Tengo el congelador lleno y prefiero que le sirva a un bebé.",
        "Me saqué mucha leche al principio y ella nunca quiso biberón.",
        "Nos mudamos y no puedo llevarme el congelador.",
    ),
    "ongoing": (
        "Me sobran unas diez onzas al día y creo que va a seguir así.",
        "Me saco leche en el trabajo, así que cada semana hay más.",
        "Me gustaría ayudar a una sola familia mientras dure.",
    ),
    "travel_surplus": ("Estoy de visita en casa de mis papás y no puedo llevármela en el avión.",),
    "weaning_clear_out": (
        "Ya dejamos el pecho y el congelador sigue lleno.",
        "Mi hijo cumplió un año. Todo puede ir a una sola familia.",
        "Ya no me saco leche. Llévate las bolsas que puedas.",
    ),
    "bereaved": ("Era para mi hija. Me gustaría que le sirviera a alguien.",),
    "surrogate": ("Fui gestante para otra familia y me saqué leche seis semanas.",),
}

TAILS = (
    "Bags are dated, four ounces each.",
    "Bring a cooler and ice packs, please.",
    "New storage bags in return would be lovely, but don't worry about it.",
    "I can meet near the library on weekday evenings.",
    "Weekends are best for me.",
    "Mornings only, I work nights.",
    "The parking lot by the farmers' market works well.",
    "I don't drive, so it would have to be near a MAX stop.",
    "Some bags taste soapy after a month in the freezer. My own didn't mind.",
    "I wash the pump parts after each use and boil them once a day.",
    "Freezer has a thermometer, it stays under zero Fahrenheit.",
    "We had a power cut in August, about two hours. Nothing thawed.",
    "A photo of the baby some day would make me happy.",
    "I'd rather give to a baby under six months.",
    "First time I do this. Ask me anything.",
    "Two cats and a dog at home, if that matters to you.",
    "I can split it.",
    "I'd like it to go to one family.",
    "Happy to show you my blood tests from the pregnancy.",
)

SPANISH_TAILS = (
    "Las bolsas tienen fecha, cuatro onzas cada una.",
    "Trae una hielera y hielo en gel, por favor.",
    "Podemos vernos cerca de la biblioteca por la tarde.",
    "Los fines de semana me queda mejor.",
    "No manejo, tendría que ser cerca de una parada del MAX.",
    "Es la primera vez que dono. Pregúntame lo que quieras.",
    "Se puede repartir.",
    "Hablo español y un poco de inglés.",
)

DETAILS = {
    "medicine": (
        "Levothyroxine 75 micrograms every morning, since 2019.",
        "Sertraline 50 mg a day since the birth. My doctor knows that I share.",
        "Ibuprofen 400 mg, three days in a row after a dentist.",
        "Loratadine 10 mg during pollen season, April to June.",
        "Amoxicilina 500 mg, siete días, en septiembre.",
        "Nifedipine 30 mg until six weeks after the birth.",
        "Prenatal vitamins and vitamin D 2,000 IU.",
    ),
    "alcohol": (
        "A glass of wine on Saturdays. I wait three hours before I pump.",
        "Two beers at a wedding on the 12th. What I pumped that night isn't in here.",
        "Una cerveza de vez en cuando, nunca antes de sacarme leche.",
    ),
    "caffeine": (
        "One coffee in the morning.",
        "Two cups of tea a day.",
        "A large coffee and sometimes a cola, so two to three a day.",
        "Un café al día.",
    ),
    "nicotine": (
        "Patches, 14 mg, since February. I don't smoke.",
        "My partner smokes, outside only.",
    ),
    "cannabis": ("A gummy for sleep in March, twice. Not since then.",),
    "illness": (
        "Mastitis in July. I kept that week's bags apart and threw them away.",
        "A cold with fever for two days in October.",
        "Thrush in spring, treated for both of us.",
    ),
    "supplement": (
        "Vitamin D and fish oil every day.",
        "Lecithin for plugged ducts, in August and September.",
        "Infusiones de hinojo, una al día.",
    ),
    "vaccine": ("A flu shot in October.", "COVID-19 and flu on the same day in September."),
    "other_drug": (),
    "contrast": ("An MRI with contrast in June. I threw away what I pumped for a day.",),
}
"""Names and dates behind "some": what nobody reads unless she opens it."""
