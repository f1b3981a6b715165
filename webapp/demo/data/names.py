"""First names as people around one city carry them; nobody has a second name here."""

_ALL = """
Abigail Adaeze Ailani Akiko Alejandra Amara Amina Ana Anh Anjali Anneke Aoife Ariana Asha
Ashley Astrid Ayesha Bao Beatriz Bethany Blessing Brooke Caitlin Camila Carmen Chloe Ciara
Claudia Courtney Dalia Danielle Destiny Divya Elena Elif Elisabeth Emiko Emily Erin Esther
Eun-ji Fatima Fiona Freya Gabriela Giulia Grace Habiba Hana Hannah Haruka Heather Hodan Ilse
Imani Ines Ingrid Irina Isabel Jasmine Jessica Jia Jolene Joy Juana Julia Kalea Kamala Karin
Katya Kavya Keisha Kelsey Khadija Kiana Kristen Lan Latoya Laura Leilani Lena Ling Lucia Lupe
Mai Makana Malia Mariam Maribel Marisol Marta Mei Melissa Mercy Mina Miriam Molly Nadia Nalani
Naomi Nasrin Natalia Nayeli Nia Nicole Noor Oksana Olena Olivia Paloma Parisa Patience Paula
Phuong Pilar Precious Priya Quynh Rachel Rana Rebecca Renata Rocio Rosalind Rukia Ruth Saanvi
Sabine Sahra Samira Sana Sarah Selam Shanice Shira Siobhan Soledad Sonja Soraya Stephanie
Sunita Svetlana Tamar Tanisha Tanya Teresa Thandi Thuy Tiana Tigist Trinity Valentina Vera
Wanjiru Whitney Xiomara Xochitl Yael Yara Yesenia Yolanda Yuki Yuliya Zahra Zeynep Zoe
"""
NAMES = tuple(_ALL.split())

FATHERS = ("Andre", "Ben", "Carlos", "Dmytro", "Hassan", "Jamal", "Luis", "Marcus", "Minh", "Tom")
"""Partners and fathers, who ask more often than they offer."""

SPANISH = (
    "Alejandra",
    "Ana",
    "Beatriz",
    "Camila",
    "Carmen",
    "Claudia",
    "Gabriela",
    "Guadalupe",
    "Isabel",
    "Juana",
    "Lucia",
    "Lupe",
    "Maribel",
    "Marisol",
    "Nayeli",
    "Paloma",
    "Paula",
    "Pilar",
    "Rocio",
    "Soledad",
    "Teresa",
    "Valentina",
    "Xiomara",
    "Xochitl",
    "Yesenia",
)
"""Some of those who write Spanish."""
