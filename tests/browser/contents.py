"""All that a site has left on a phone, as far as a page of it can reach."""

from playwright.sync_api import Page

EVERYTHING = """async () => {
  const answered = (request) => new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
  const { cookie } = document;
  const found = { cookie, local: { ...localStorage }, session: { ...sessionStorage } };
  for (const { name } of await indexedDB.databases()) {
    const db = await answered(indexedDB.open(name));
    for (const each of db.objectStoreNames) {
      const store = db.transaction(each).objectStore(each);
      found[`${name}/${each}`] = await Promise.all(
        [answered(store.getAllKeys()), answered(store.getAll())]);
    }
    db.close();
  }
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const kept = await cache.match(request, { ignoreVary: true });
      const headers = [...request.headers, ...kept.headers];
      found[`${name} ${request.url}`] = [headers, await kept.text()];
    }
  }
  const registration = await navigator.serviceWorker?.getRegistration();
  found.shown = (await registration?.getNotifications() ?? [])
    .map(({ title, body, tag, data }) => ({ title, body, tag, data }));
  const root = await navigator.storage.getDirectory();
  found.files = [];
  for await (const name of root.keys()) found.files.push(name);
  return JSON.stringify(found);
}"""


def everything(page: Page) -> str:
    """Every cache's bodies and headers, every store's keys and rows, local and session storage,
    cookies that a script sees, notifications on show, and the names of private files."""
    found: str = page.evaluate(EVERYTHING)
    return found


def row_of(page: Page, noun: str) -> dict[str, object]:
    """The first row of a noun that this phone keeps in the person's own feed."""
    found: dict[str, object] = page.evaluate(
        """async (noun) => {
          const db = await new Promise((done) => {
            indexedDB.open("milkwell").onsuccess = ({ target }) => done(target.result);
          });
          const store = db.transaction("rows").objectStore("rows");
          const keys = await new Promise((done) => {
            store.getAllKeys().onsuccess = ({ target }) => done(target.result);
          });
          const key = keys.find(([scope, , kind]) => scope === "me" && kind === noun);
          const row = await new Promise((done) => {
            store.get(key).onsuccess = ({ target }) => done(target.result);
          });
          db.close();
          return row;
        }""",
        noun,
    )
    return found


def device_of(page: Page) -> str:
    """The id of this phone's store."""
    found: str = page.evaluate(
        """() => new Promise((done) => {
          indexedDB.open("milkwell").onsuccess = ({ target: { result: db } }) => {
            db.transaction("meta").objectStore("meta").get("device").onsuccess = ({ target }) => {
              db.close();
              done(target.result);
            };
          };
        })"""
    )
    return found
