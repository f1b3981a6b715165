"""The shells of what is compared and printed: for anybody, and of nobody."""

import pytest

from tests.cast import Cast, offer

ID = "01890000-0000-7000-8000-000000000001"
SHELLS = {
    "/compare": "compare",
    f"/listings/{ID}/sheet": "sheet",
    f"/listings/{ID}/labels": "labels",
    "/freezer/labels": "labels",
}


@pytest.mark.parametrize("path", SHELLS)
def test_a_shell_answers_anyone_the_same_and_sets_no_cookie(cast: Cast, path: str) -> None:
    cast.donor.publish(offer(note="A note of hers"))
    answers = [client.get(path) for client in (cast.stranger, cast.donor.client)]
    assert [each.status_code for each in answers] == [200, 200]
    assert answers[0].get_data() == answers[1].get_data()
    assert not any("Set-Cookie" in each.headers for each in answers)
    page = answers[0].get_data(as_text=True)
    assert f'data-page="{SHELLS[path]}"' in page
    assert ID not in page
    assert "A note of hers" not in page


def test_a_sheet_of_no_listing_is_not_found(cast: Cast) -> None:
    assert cast.stranger.get("/listings/nothing/sheet").status_code == 404


def test_phones_keep_these_shells_by_their_patterns(cast: Cast) -> None:
    kept = (cast.stranger.get("/shells").json or {})["shells"]
    assert {"/compare", "/listings/:id/sheet", "/listings/:id/labels", "/freezer/labels"} <= {*kept}
