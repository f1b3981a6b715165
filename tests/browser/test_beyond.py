"""More is near than a phone holds: the server answers the rest, page by page."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.acts import sign_up
from tests.browser.chromium import Chromium
from tests.browser.site import Site
from tests.browser.stage import rested
from tests.cast import PORTLAND, Cast, Client
from webapp import create_app, geo
from webapp.config import read_settings
from webapp.database import now, uuid7, writing
from webapp.listings import Listing
from webapp.listings.traits import traits
from webapp.milk import Batch
from webapp.people import Person

HELD, OLDER = 1000, 60


@pytest.fixture
def phone(tmp_path: Path) -> Iterator[Chromium]:
    with Chromium(tmp_path / "profile") as browser:
        yield browser


def fill(site: Site) -> None:
    """As many offers as a phone holds, of 100 oz, and 60 older ones of 200 oz."""
    app = create_app(read_settings(site.environment))
    app.test_client_class = Client
    with app.app_context():
        donor = Cast(app).somebody("Rosa", PORTLAND)
        with writing() as session:
            cell = session.get_one(Person, donor.person_id).cell
        with writing() as session:
            for number in range(HELD + OLDER):
                older = number >= HELD
                at = now() - timedelta(days=20 if older else 1, minutes=number)
                offer = Listing(
                    id=uuid7(),
                    person_id=donor.person_id,
                    kind="offer",
                    volume_ml=5915 if older else 2957,
                    cell=cell,
                    feed_cell=geo.feed_cell(cell),
                    reach_km=40,
                    open_days=60,
                    published_at=at,
                    fresh_at=at,
                    expires_at=now() + timedelta(days=30),
                    match_due_at=None,
                    diet={},
                    exposures={},
                    show_belief=False,
                    lipase="",
                    batches=[Batch(state="frozen", look=True, exposed=[], off_diet={})],
                )
                offer.traits = traits(offer)
                session.add(offer)


def show_all_held(page: Page) -> None:
    more = page.get_by_role("button", name="Show more")
    for shown in range(50, HELD, 50):
        expect(page.locator(".cards .card")).to_have_count(shown, timeout=20_000)
        more.click()
    expect(page.locator(".cards .card")).to_have_count(HELD, timeout=20_000)


def test_past_what_the_phone_holds_more_is_fetched_and_opens(
    phone: Chromium, running: Site
) -> None:
    fill(running)
    page = phone.page
    sign_up(page, running, "June", "Portland")
    expect(page.get_by_text("Updated")).to_be_visible(timeout=30_000)
    rested(page)
    show_all_held(page)
    more = page.get_by_role("button", name="Show more")

    page.route("**/api/nearby*", lambda route: route.abort())
    more.click()
    offline = page.get_by_text("No connection. Try again where there is one.")
    expect(offline).to_be_visible(timeout=20_000)
    page.unroute("**/api/nearby*")

    def broken(route: Route) -> None:
        route.fulfill(status=500, body="{}")

    page.route("**/api/nearby*", broken)
    more.click()
    wrong = page.get_by_text("Something went wrong on our side.")
    expect(wrong).to_be_visible(timeout=20_000)
    page.unroute("**/api/nearby*")

    more.click()
    expect(page.locator(".cards .card")).to_have_count(HELD + 50, timeout=20_000)
    expect(page.get_by_text("200 oz")).to_have_count(50)
    more.click()
    expect(page.locator(".cards .card")).to_have_count(HELD + OLDER, timeout=20_000)
    expect(more).to_have_count(0)

    page.locator(".card", has_text="200 oz").first.click()
    page.wait_for_url("**/listings/*")
    expect(page.get_by_text("200 oz").first).to_be_visible(timeout=20_000)
    assert page.evaluate("sessionStorage.taken.length") < 2000
