"""What a first letter may not hold."""

import pytest

from webapp.messages.wording import refused


@pytest.mark.parametrize(
    "text",
    [
        "See https://example.org",
        "Find me on www.example.org please",
        "write to rosa@example.org",
        "I am @rosa_milk there",
        "look at mypage.com",
        "look at mypage\u200b.com",
    ],
)
def test_a_first_letter_holds_no_link_or_address(app: object, text: str) -> None:
    assert "links and addresses" in refused(text)


@pytest.mark.parametrize(
    "text",
    [
        "Call 503 555 0199",
        "+1 (503) 555-0199",
        "555-0199",
        "５０３５５５０１９９",
        "503\u200b555\u200b0199",
        "٠١٢٣٤٥٦٧٨٩",
    ],
)
def test_a_first_letter_holds_no_telephone_number(app: object, text: str) -> None:
    assert "telephone" in refused(text)


@pytest.mark.parametrize(
    "text",
    [
        "I sell it for 2 each",
        "What is your PRICE?",
        "$1 an ounce",
        "by Venmo",
        "¿Cuánto pagas?",
        "hay que hacer un depósito",
        "I can p\u200bay",
    ],
)
def test_a_first_letter_holds_no_word_of_payment(app: object, text: str) -> None:
    assert "gift" in refused(text)


@pytest.mark.parametrize(
    "text",
    [
        "We could meet on Tuesday at 10:30, I have 400 oz in 60 bags.",
        "Pumped 2026-08-01 to 2026-10-12, 1,500 oz in all.",
        "Born 12/10/2026, she drinks 25 oz a day.",
        "Podemos vernos el martes, tengo 40 bolsas.",
        "Thank you 🙏🏽 my baby is 3.5 months.",
        "",
    ],
)
def test_what_people_write_to_each_other_goes_through(app: object, text: str) -> None:
    assert refused(text) == ""
