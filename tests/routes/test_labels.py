from flask import Flask

from webapp.listings import CLOSED, EXPIRED, OPEN, PAUSED, WITHDRAWN, OfferForm, RequestForm
from webapp.milk import AGE_BANDS, DIETS, EXPOSURES
from webapp.routes.labels import labels


def test_codes_and_fields_are_called_what_the_forms_call_them(app: Flask) -> None:
    with app.test_request_context("/"):
        said = labels()
        for form in (OfferForm(formdata=None), RequestForm(formdata=None)):
            for name in ("volume_ml", "note", "age_band"):
                assert said[name] == form[name].label.text
        assert said["by_on"] == "By when?"
        assert said["pumped_to"] == "Pumped to"
        assert {code: said[code] for code, _label in DIETS} == {c: str(t) for c, t in DIETS}
        assert {code for code, _label in (*EXPOSURES, *AGE_BANDS)} <= set(said)


def test_a_card_says_of_others_what_the_form_says_of_herself(app: Flask) -> None:
    with app.test_request_context("/"):
        said = labels()
    assert said["bridge_supply"] == "Until my own milk is enough"
    assert said["card-bridge_supply"] == "Until her own milk is enough"


def test_a_number_is_no_code(app: Flask) -> None:
    """Or three days would be called three months."""
    with app.test_request_context("/"):
        assert not any(code.isdigit() for code in labels())


def test_each_state_that_nobody_sees_says_so_and_an_open_one_has_no_label(app: Flask) -> None:
    with app.test_request_context("/"):
        said = labels()
    for status in (PAUSED, WITHDRAWN, EXPIRED, CLOSED):
        assert said[status].endswith("Nobody sees it.")
    assert OPEN not in said
