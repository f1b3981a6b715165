"""Rows that a person's phone would send, sent from its own page: quicker than composing each."""

import uuid
from typing import Any

from playwright.sync_api import Page

from tests.browser.contents import device_of
from tests.cast import operation

SEND = """async ([device, operations]) => {
  const answer = await fetch("/api/sync", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({
      protocol: 1, device, sent_at: new Date().toISOString(), operations, cursors: {},
    }),
  });
  return (await answer.json()).results;
}"""


def send(page: Page, kind: str, fields: dict[str, Any], row: str = "") -> str:
    """One operation, done at the server; gives the id of its row. Load the page anew to see it."""
    row = row or str(uuid.uuid4())
    (result,) = page.evaluate(SEND, [device_of(page), [operation(kind, row, fields)]])
    assert result["outcome"] == "done", result
    return row
