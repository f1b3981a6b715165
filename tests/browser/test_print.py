"""On paper: a sheet for the doctor on one page, and labels that lie where the sheets are cut."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.acts import sign_up, wait_for_worker
from tests.browser.chromium import Chromium
from tests.browser.site import Site
from tests.browser.wiring import send
from tests.cast import Fields, offer, today
from webapp.database import uuid7

MM = 96 / 25.4
"""CSS pixels in a millimetre."""

# Paper, columns, rows, then from Avery's templates in mm: left, top, and what lies between the
# first two labels' edges across and down.
SHEETS = {
    "5160": ((215.9, 279.4), 30, (4.7625, 12.7, 69.85, 25.4), 3),
    "5167": ((215.9, 279.4), 80, (7.14375, 12.7, 52.3875, 12.7), 4),
    "L7160": ((210, 297), 21, (7.21, 15.15, 66.04, 38.1), 3),
    "L7651": ((210, 297), 65, (4.75, 10.7, 40.6, 21.2), 5),
}

BOXES = """() => [...document.querySelectorAll(".leaf")].slice(0, 1).flatMap((leaf) => {
  const { left, top } = leaf.getBoundingClientRect();
  return [...leaf.children].map((each) => {
    const box = each.getBoundingClientRect();
    return [box.left - left, box.top - top, box.width, box.height];
  });
})"""
SPILLS = """() => [...document.querySelectorAll(".label")]
  .filter((each) => each.scrollHeight > each.clientHeight + 1
    || each.scrollWidth > each.clientWidth + 1).length"""


TOOK = {"what": "medicine", "from_on": today(-280), "to_on": today(-275), "name": "Amoxicillin"}


def large(batches: int = 24) -> Fields:
    """An offer of many batches, each unlike the others."""
    fields = offer(volume_ml="44000", lipase="no_change", caffeine="some", note="A note. " * 60)
    fields = {name: value for name, value in fields.items() if not name.startswith("batches")}
    for n in range(batches):
        batch = {
            "id": str(uuid7()),
            "state": "frozen",
            "pumped_from": today(-300 + 12 * n),
            "pumped_to": today(-290 + 12 * n),
            "volume_ml": str(400 + n),
            "portions": str(3 + n % 2),
            "container": ("bag", "glass")[n % 2],
            "storage": ("deep_freezer", "fridge_freezer")[n % 2],
            "frozen_within": ("24h", "unknown")[n % 2],
            "treatment": ("raw", "flash_heated")[n % 2],
            "pooled": ("yes", "no")[n % 2],
            "power_loss": ("yes", "no")[n % 2],
            "labelled": ("both", "")[n % 2],
        }
        fields |= {f"batches-{n}-{name}": value for name, value in batch.items()}
    return fields | {"caffeine_detail": "Two cups of tea"}


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory, place_index: Path) -> Iterator[tuple[Page, str]]:
    """Rosa's phone, which has no signal any more, and the address of her offer of 24 batches."""
    data, profile = tmp_path_factory.mktemp("data"), tmp_path_factory.mktemp("profile")
    with Site(data, place_index) as site, Chromium(profile) as phone:
        page = phone.page
        sign_up(page, site, "Rosa")
        row = send(page, "listing.publish", large(), str(uuid7()))
        send(page, "exposure.log", TOOK, str(uuid7()))
        page.goto(f"{site.origin}/calendar")
        expect(page.get_by_text("Amoxicillin").first).to_be_attached(timeout=20_000)
        wait_for_worker(page)
        offer_at = f"{site.origin}/listings/{row}"
        # What they are drawn with is kept from the first time on.
        for paper in ("sheet", "labels"):
            page.goto(f"{offer_at}/{paper}")
            expect(page.get_by_role("button", name="Print")).to_be_visible(timeout=20_000)
        site.stop()
        yield page, offer_at


def printed(page: Page, paper: str = "") -> tuple[int, set[bytes]]:
    """How many pages it comes to, and how large they are."""
    pdf = page.pdf(format=paper) if paper else page.pdf(prefer_css_page_size=True)
    sizes = {each.strip() for each in re.findall(rb"/MediaBox\s*\[([^\]]*)\]", pdf)}
    return len(re.findall(rb"/Type\s*/Page\b", pdf)), sizes


def test_a_sheet_of_24_batches_is_one_page_of_either_paper(own: tuple[Page, str]) -> None:
    page, offer_at = own
    page.goto(f"{offer_at}/sheet")
    sheet = page.locator("#sheet")
    expect(sheet.get_by_role("row")).to_have_count(25)
    expect(sheet).to_contain_text("the donor reports")
    expect(sheet).to_contain_text("Nobody has checked")
    expect(sheet).to_contain_text("not said")
    assert not re.search(r"\b(safe|approved|verified)\b", sheet.inner_text(), re.IGNORECASE)
    expect(sheet).not_to_contain_text("Two cups of tea")
    expect(sheet).not_to_contain_text("Amoxicillin")
    for paper in ("A4", "Letter"):
        assert printed(page, paper)[0] == 1

    page.locator("label.flag").click()
    expect(sheet).to_contain_text("Two cups of tea")
    expect(sheet).to_contain_text("Her calendar")
    for paper in ("A4", "Letter"):
        assert printed(page, paper)[0] == 1


def test_on_paper_the_sheet_is_black_on_white_at_night_too(own: tuple[Page, str]) -> None:
    page, offer_at = own
    page.goto(f"{offer_at}/sheet")
    page.evaluate("document.documentElement.dataset.theme = 'night'")
    expect(page.locator("#sheet")).to_be_visible()
    page.emulate_media(media="print")
    for element in ("html", "#sheet"):
        colours = page.locator(element).evaluate(
            "(each) => { const { color, backgroundColor } = getComputedStyle(each); "
            "return [color, backgroundColor]; }"
        )
        assert colours == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
    expect(page.locator(".bar")).not_to_be_visible()
    expect(page.get_by_role("button", name="Print")).not_to_be_visible()
    page.emulate_media(media="null")


@pytest.mark.parametrize("code", SHEETS)
def test_labels_lie_where_the_sheet_is_cut(own: tuple[Page, str], code: str) -> None:
    page, offer_at = own
    (wide, high), many, (left, top, across, down), columns = SHEETS[code]
    page.goto(f"{offer_at}/labels")
    page.locator(f".chip:has([value='{code}'])").click()
    page.locator("#start").fill("3")
    leaves = -(-(84 + 2) // many)
    expect(page.locator("#many")).to_contain_text(f"84 labels on {leaves} sheet")
    pages, sizes = printed(page)
    assert pages == leaves
    (size,) = sizes
    points = [float(each) for each in size.split()][2:]
    assert points == pytest.approx([wide / 25.4 * 72, high / 25.4 * 72], abs=0.6)

    page.emulate_media(media="print")
    boxes = [[each / MM for each in box] for box in page.evaluate(BOXES)]
    spills = page.evaluate(SPILLS)
    page.emulate_media(media="null")
    assert len(boxes) == min(many, 86)
    assert boxes[0][:2] == pytest.approx([left, top], abs=0.05)
    assert boxes[1][0] - boxes[0][0] == pytest.approx(across, abs=0.05)
    assert boxes[columns][1] - boxes[0][1] == pytest.approx(down, abs=0.05)
    assert spills == 0


def test_a_half_used_sheet_leaves_its_first_labels_and_no_label_names_anybody(
    own: tuple[Page, str],
) -> None:
    page, offer_at = own
    page.goto(f"{offer_at}/labels")
    page.locator("#start").fill("5")
    expect(page.locator(".leaf").first.locator(".used")).to_have_count(4)
    texts = page.locator(".label:not(.used)").all_text_contents()
    codes = [text[-9:] for text in texts]
    assert len(texts) == len(set(codes)) == 84
    assert not any("Rosa" in text for text in texts)
    page.locator("summary").click()
    page.locator("#milk .chip").first.click()
    expect(page.locator("#many")).to_contain_text("81 labels")
