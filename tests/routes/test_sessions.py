"""Where she is signed in: seen, named and ended by her alone."""

from typing import Any

from tests.cast import SAME_ORIGIN, Cast, Phone
from webapp.alerts import Device
from webapp.database import reading, writing
from webapp.people import Session

FIREFOX = "Mozilla/5.0 (Android 15; Mobile; rv:149.0) Gecko/149.0 Firefox/149.0"


def sessions(phone: Phone) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = phone.client.get("/api/sessions").json["sessions"]
    return found


def call(phone: Phone, method: str, path: str) -> Any:
    return phone.client.open(f"/api/sessions{path}", method=method, headers=SAME_ORIGIN)


def subscribed(phone: Phone, session: str) -> None:
    phone.sync()
    with writing() as written:
        (device,) = [d for d in written.query(Device) if str(d.id) == phone.device]
        device.endpoint, device.session = f"https://push.example/{phone.device}", session


def alerted(phone: Phone) -> bool:
    with reading() as session:
        devices = {str(d.id): d.endpoint is not None for d in session.query(Device)}
        return devices[phone.device]


def here(phone: Phone) -> str:
    return next(row["id"] for row in sessions(phone) if row["here"])


def test_she_sees_where_she_is_signed_in_and_nobody_elses(cast: Cast) -> None:
    second = cast.phone(cast.donor.person_id)
    assert len(sessions(cast.donor)) == len(sessions(second)) == 2
    assert here(second) != here(cast.donor)
    assert {row["id"] for row in sessions(second)} == {row["id"] for row in sessions(cast.donor)}
    assert [row["here"] for row in sessions(cast.outsider)] == [True]


def test_what_names_a_session_opens_nothing(cast: Cast) -> None:
    said = cast.donor.client.get("/api/sessions").get_data(as_text=True)
    with reading() as session:
        for secret in session.query(Session):
            assert secret.id not in said
    with cast.stranger.session_transaction() as cookie:
        cookie["_user_id"] = here(cast.donor)
    assert cast.stranger.get("/api/sessions").status_code == 401


def test_ending_a_session_signs_its_phone_out_and_silences_it(cast: Cast) -> None:
    second = cast.phone(cast.donor.person_id)
    subscribed(cast.donor, here(cast.donor))
    subscribed(second, here(second))
    assert call(cast.donor, "DELETE", f"/{here(second)}").status_code == 200
    assert second.send().status_code == 401
    assert not alerted(second)
    assert alerted(cast.donor)
    assert cast.donor.send().status_code == 200
    assert call(cast.donor, "DELETE", "/0123456789abcdef").status_code == 404


def test_all_others_end_at_once_and_she_stays(cast: Cast) -> None:
    others = [cast.phone(cast.donor.person_id) for _ in range(3)]
    ended = {here(phone) for phone in others}
    assert set(call(cast.donor, "POST", "/end-others").json["ended"]) == ended
    assert [phone.send().status_code for phone in others] == [401] * 3
    assert cast.donor.send().status_code == 200
    assert cast.outsider.send().status_code == 200


def test_an_outsider_ends_nobodys_session(cast: Cast) -> None:
    hers = here(cast.donor)
    assert call(cast.outsider, "DELETE", f"/{hers}").status_code == 404
    assert call(cast.outsider, "POST", "/end-others").json == {"ended": []}
    assert cast.donor.send().status_code == 200


def test_another_site_ends_nothing(cast: Cast) -> None:
    second = cast.phone(cast.donor.person_id)
    for method, path in (("POST", "/end-others"), ("DELETE", f"/{here(second)}")):
        answered = cast.donor.client.open(
            f"/api/sessions{path}", method=method, headers={"Sec-Fetch-Site": "cross-site"}
        )
        assert answered.status_code == 403
    assert second.send().status_code == 200


def test_a_session_is_called_after_its_browser(cast: Cast) -> None:
    client = cast.app.test_client()
    page = client.get("/sign-up").get_data(as_text=True)
    token = page.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    form = {"name": "Ada", "email": "ada@example.org", "password": "a long sentence"}
    sent = form | {"csrf_token": token}
    assert client.post("/sign-up", data=sent, headers={"User-Agent": FIREFOX}).status_code == 302
    (row,) = client.get("/api/sessions").json["sessions"]
    assert row["name"] == "Firefox, Android"
    assert row["here"] is True
