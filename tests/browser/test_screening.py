"""A donor answers without signal, shows it to one family, and takes it back; on two phones."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.acts import wait_for_worker
from tests.browser.contents import everything
from tests.browser.entering import answered
from tests.browser.phones import nothing_waits, sign_in
from tests.browser.site import Site
from tests.browser.test_messages import Phones
from tests.cast import GRESHAM, Cast, Client
from tests.messages.pen import begin
from webapp import create_app
from webapp.config import read_settings
from webapp.database import db

MEDICINE = "quixotiline 35 mg"


@pytest.fixture
def phones() -> Iterator[Phones]:
    started = Phones()
    yield started
    started.close()


def talking(site: Site, **phones: Page) -> str:
    """A donor and a family that write to each other, each on a phone; where they do."""
    app = create_app(read_settings(site.environment))
    app.test_client_class = Client
    with app.app_context():
        cast = Cast(app)
        rosa, june = (
            cast.somebody(name, GRESHAM, email=f"{name.lower()}@example.org")
            for name in ("Rosa", "June")
        )
        conversation = begin(june, rosa, "Is it dairy-free?", "Yes, since May.")
        db.engine.dispose()
    for name, page in phones.items():
        sign_in(page, site, name)
        wait_for_worker(page)
    return f"{site.origin}/messages/{conversation}"


def part(page: Page, name: str) -> Any:
    """A part of the questionnaire, opened."""
    fold = page.locator("details", has=page.locator("summary", has_text=name)).first
    if fold.get_attribute("open") is None:
        fold.locator("summary").click()
    return fold


def choose(fold: Any, question: str, answer: str) -> None:
    fold.get_by_role("group", name=question).get_by_text(answer, exact=True).click()


def answer_some(page: Page) -> None:
    """A medicine, and a test that somebody has seen."""
    fold = part(page, "Medicines")
    choose(fold, "Medicines, now or while you pumped?", "Yes")
    fold.get_by_label("What, and when?").first.fill(MEDICINE)
    fold = part(page, "Tests")
    choose(fold, "HIV 1 and 2", "Negative")
    fold.get_by_label("When?", exact=True).first.fill("2026-05-03")
    choose(fold, "How can this be known?", "I showed the result in person")
    fold.get_by_label("When was it seen?").first.fill("2026-06-01")


def save(page: Page) -> None:
    page.get_by_role("button", name="Save").locator("visible=true").first.click()


def show(page: Page, much: str) -> None:
    """So much of it, which stands for good once it is kept: until then it may be drawn anew."""
    page.get_by_label(much).click()
    expect(page.get_by_label(much)).to_be_checked()


def test_what_is_answered_without_signal_is_shown_to_one_family_and_taken_back(
    phones: Phones, running: Site
) -> None:
    donor, family = phones.new(), phones.new()
    address = talking(running, Rosa=donor, June=family)
    donor.goto(address)
    expect(donor.get_by_text("What I answered about my health")).to_be_visible(timeout=20_000)
    donor.goto(f"{running.origin}/me")
    donor.get_by_role("link", name="About your health").click()
    donor.wait_for_url("**/screening")

    donor.context.set_offline(True)
    answer_some(donor)
    save(donor)
    expect(donor.get_by_text("Saved on this phone. Not sent yet.")).to_be_visible()
    donor.goto(address)
    donor.get_by_text("What I answered about my health").click()
    show(donor, "All of it")
    expect(donor.get_by_text("Saved on this phone. Not sent yet.")).to_be_visible()
    assert MEDICINE not in everything(family)

    donor.context.set_offline(False)
    donor.evaluate("dispatchEvent(new Event('online'))")
    nothing_waits(donor, running)

    family.goto(address)
    reports = family.locator("details.reports")
    expect(reports).to_contain_text("She reports", timeout=90_000)
    reports.locator("summary").click()
    expect(reports).to_contain_text("In her own words. Milkwell has checked none of it.")
    expect(reports).to_contain_text("Negative · May 3 · seen in person on Jun 1")
    expect(reports).to_contain_text(MEDICINE)
    expect(reports).to_contain_text("questions are not answered. You can ask her.")

    donor.goto(f"{running.origin}/screening")
    expect(donor.get_by_text("· All of it")).to_be_visible()
    donor.get_by_role("link", name="Request, ").click()
    donor.get_by_text("What I answered about my health").click()
    with answered(donor, "conversation.grant"):
        show(donor, "A summary")
    expect(reports).to_contain_text("Answered. Ask her.", timeout=90_000)
    expect(reports).not_to_contain_text(MEDICINE)
    assert MEDICINE not in everything(family)

    with answered(donor, "conversation.grant"):
        show(donor, "Nobody sees it")
    expect(reports).to_have_count(0, timeout=90_000)
    # The shells that every phone keeps name the questions; no row here holds an answer.
    held = everything(family)
    for text in (MEDICINE, '"answered_on":'):
        assert text not in held
    assert '"answered_on":' in everything(donor)


def test_nothing_that_she_typed_is_lost_before_it_is_saved(phones: Phones, running: Site) -> None:
    donor = phones.new()
    talking(running, Rosa=donor)
    donor.goto(f"{running.origin}/screening")
    answer_some(donor)
    expect(donor.get_by_text("What you have begun is kept on this phone.")).to_be_visible()
    donor.reload()
    fold = part(donor, "Medicines")
    expect(fold.get_by_label("What, and when?").first).to_have_value(MEDICINE)
    choose(fold, "Medicines, now or while you pumped?", "Yes")
    expect(fold.get_by_label("What, and when?").first).to_be_hidden()
    choose(fold, "Medicines, now or while you pumped?", "I'd rather talk about it")
    with answered(donor, "screening.answer"):
        save(donor)
    expect(donor.get_by_text("Saved", exact=True)).to_be_visible()
    donor.reload()
    expect(donor.locator("details", has_text="Tests").first).to_contain_text("1 of 7")
    expect(donor.get_by_text("What you have begun is kept")).to_be_hidden()
    assert MEDICINE not in everything(donor)


def test_reasons_not_to_share_are_nobodys_business(phones: Phones, running: Site) -> None:
    donor = phones.new()
    talking(running, Rosa=donor)
    donor.goto(f"{running.origin}/screening")
    expect(donor.get_by_text("Nobody sees any of it.")).to_be_visible()
    before = everything(donor)
    asked: list[str] = []
    donor.on("request", lambda request: asked.append(request.post_data or ""))
    fold = part(donor, "Reasons not to share")
    expect(fold).to_contain_text("you never have to say why")
    assert fold.locator("input, textarea, button").count() == 0
    donor.goto(f"{running.origin}/outbox")
    expect(donor.get_by_text("Nothing waits here.")).to_be_visible()
    assert "screening" not in "".join(asked)
    assert "exit" not in everything(donor)
    assert len(before) > 0
