"""Drives Debian's firefox-esr headless over Marionette, as a person would use it.

The desktop's own notification tray is the one thing doubled: what Firefox hands to
@mozilla.org/system-alerts-service;1 is kept and can be clicked.
"""

import base64
import json
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self, TypeVar

T = TypeVar("T")
TRAY = "@mozilla.org/system-alerts-service;1"
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # WebDriver, 12.2: the web element identifier

PREFERENCES: dict[str, bool | int | str] = {
    "alerts.useSystemBackend": True,
    "app.update.disabledForTesting": True,
    "browser.aboutwelcome.enabled": False,
    "browser.safebrowsing.blockedURIs.enabled": False,
    "browser.safebrowsing.downloads.enabled": False,
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.homepage": "about:blank",
    "browser.startup.page": 0,
    "browser.newtabpage.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    # What is pushed before there is a tray would be lost: it is turned on behind that.
    "dom.push.connection.enabled": False,
    "dom.push.retryBaseInterval": 200,
    "dom.push.testing.allowInsecureServerURL": True,
    "extensions.systemAddon.update.enabled": False,
    "extensions.update.enabled": False,
    "marionette.port": 0,
    "media.gmp-manager.updateEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "network.dns.disablePrefetch": True,
    "network.prefetch-next": False,
    "network.trr.mode": 5,
    "signon.rememberSignons": False,
    "toolkit.telemetry.enabled": False,
    "toolkit.telemetry.server": "",
}

INSTALL_TRAY = """
const tray = {
  alerts: [],
  QueryInterface: ChromeUtils.generateQI(["nsIAlertsService"]),
  get wrappedJSObject() { return this; },
  take(name) {
    const taken = this.alerts.filter(({ alert }) => alert.name === name);
    this.alerts = this.alerts.filter(({ alert }) => alert.name !== name);
    return taken;
  },
  showAlert(alert, listener) {
    this.take(alert.name);
    this.alerts.push({ alert, listener });
    listener?.observe(null, "alertshow", alert.cookie);
  },
  closeAlert(name) {
    for (const { alert, listener } of this.take(name)) {
      listener?.observe(null, "alertfinished", alert.cookie);
    }
  },
  getHistory() { return this.alerts.map(({ alert }) => alert.id); },
  teardown() {},
  pbmTeardown() {},
};
const registrar = Components.manager.QueryInterface(Ci.nsIComponentRegistrar);
const factory = { createInstance: wanted => tray.QueryInterface(wanted) };
registrar.registerFactory(Services.uuid.generateUUID(), "", arguments[0], factory);
if (Cc[arguments[0]].getService().wrappedJSObject !== tray) throw new Error("no tray");
"""

READ_TRAY = """
const { alerts } = Cc[arguments[0]].getService().wrappedJSObject;
const storage = Cc["@mozilla.org/notificationStorage;1"].getService(Ci.nsINotificationStorage);
const cloneVersion = 8;
function read(data) {
  const holder = Cc["@mozilla.org/docshell/structured-clone-container;1"]
    .createInstance(Ci.nsIStructuredCloneContainer);
  holder.initFromBase64(data, cloneVersion);
  return holder.deserializeToJsval();
}
return Promise.all(alerts.map(async ({ alert }) => ({
  title: alert.title,
  body: alert.text,
  tag: (await storage.getById(alert.origin, alert.id))?.tag ?? "",
  data: alert.data ? read(alert.data) : null,
  actions: (alert.actions ?? []).map(({ action, title }) => ({ action, title })),
  requireInteraction: alert.requireInteraction,
  silent: alert.silent,
  lang: alert.lang,
  origin: alert.origin,
})));
"""

CLICK_TRAY = """
const { alert, listener } = Cc[arguments[0]].getService().wrappedJSObject.alerts.at(arguments[1]);
const action = arguments[2] ? alert.getAction(arguments[2]) : null;
listener.observe(action, "alertclickcallback", alert.cookie);
"""

DISMISS_TRAY = """
const tray = Cc[arguments[0]].getService().wrappedJSObject;
const shown = tray.alerts.at(arguments[1]);
// The worker may have closed it meanwhile.
if (shown) tray.closeAlert(shown.alert.name);
"""

# A trusted click: WebDriver's own finds this panel "could not be scrolled into view".
ALLOW = """
const panel = PopupNotifications.panel;
const button = panel.querySelector("#web-notifications-notification")?.button;
if (panel.state !== "open" || !button) return false;
const { left, top, width, height } = button.getBoundingClientRect();
for (const type of ["mousemove", "mousedown", "mouseup"]) {
  const clickCount = type === "mousemove" ? 0 : 1;
  window.synthesizeMouseEvent(type, left + width / 2, top + height / 2, { button: 0, clickCount });
}
return true;
"""


def find_firefox() -> str:
    """Name the browser's program: $FIREFOX, else firefox-esr or firefox on the path."""
    found = os.environ.get("FIREFOX") or shutil.which("firefox-esr") or shutil.which("firefox")
    if not found:
        raise RuntimeError("Firefox is not installed: run 'apt install firefox-esr' or set FIREFOX")
    return found


def wait_until(predicate: Callable[[], T], timeout: float, what: str) -> T:
    """Ask `predicate` every 50 ms; return its first true answer or raise TimeoutError."""
    end = time.monotonic() + timeout
    while not (answer := predicate()):
        if time.monotonic() > end:
            raise TimeoutError(f"{what}: not within {timeout} s")
        time.sleep(0.05)
    return answer


class MarionetteError(Exception):
    """What Firefox answered instead of a result; `error` is WebDriver's code for it."""

    def __init__(self, error: str, message: str) -> None:
        super().__init__(f"{error}: {message}")
        self.error = error


class Marionette:
    """The wire: `length:[type, id, name, parameters]` out, `length:[1, id, error, result]` in."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=120)
        self._stream = self._socket.makefile("rb")
        self._count = 0
        self._read()

    def __call__(self, name: str, **parameters: Any) -> Any:
        """Call a command and return its value, or raise MarionetteError."""
        self._count += 1
        packet = json.dumps([0, self._count, name, parameters]).encode()
        self._socket.sendall(b"%d:%s" % (len(packet), packet))
        _, _, error, result = self._read()
        if error:
            raise MarionetteError(error["error"], error["message"])
        return result["value"] if isinstance(result, dict) and "value" in result else result

    def close(self) -> None:
        """Let go of the connection."""
        self._stream.close()
        self._socket.close()

    def _read(self) -> Any:
        length = b""
        while (character := self._stream.read(1)) != b":":
            if not character:
                raise ConnectionError("Firefox closed its Marionette connection")
            length += character
        return json.loads(self._stream.read(int(length)))


class Firefox:
    """One running browser: `with Firefox(profile_dir, push.url) as firefox: …`.

    A killed or quit browser starts again, with all it knew, from the same profile folder.
    """

    def __init__(self, profile_dir: Path, push_url: str, size: tuple[int, int] = (480, 900)):
        self.profile_dir = profile_dir
        self.size = size
        self._preferences = PREFERENCES | {"dom.push.serverURL": push_url}

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def start(self) -> None:
        """Start the browser and take hold of it; a start that fails leaves no process behind."""
        self.profile_dir.mkdir(parents=True, exist_ok=True)
        preferences = self._preferences.items()
        lines = [
            f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in preferences
        ]
        (self.profile_dir / "user.js").write_text("\n".join(lines))
        (self.profile_dir / "MarionetteActivePort").unlink(missing_ok=True)
        self._process = self._launch()
        try:
            self._call = Marionette(wait_until(self._port, 60, "Firefox's Marionette port"))
            self._prepare()
        except BaseException:
            self._end_processes()
            raise

    def _prepare(self) -> None:
        timeouts = {"pageLoad": 60_000, "script": 30_000}
        self._call("WebDriver:NewSession", capabilities={"alwaysMatch": {"timeouts": timeouts}})
        self._call("WebDriver:SetWindowRect", width=self.size[0], height=self.size[1])
        self.execute_in_chrome(INSTALL_TRAY, TRAY)
        # Marionette turns push off for every session, whatever user.js says.
        self.execute_in_chrome('Services.prefs.setBoolPref("dom.push.connection.enabled", true);')

    def _launch(self) -> "subprocess.Popen[bytes]":
        flags = ["--headless", "--no-remote", "--marionette", "-remote-allow-system-access"]
        command = [find_firefox(), *flags, "--profile", str(self.profile_dir)]
        environment = os.environ | {"HOME": str(self.profile_dir), "MOZ_CRASHREPORTER_DISABLE": "1"}
        with (self.profile_dir / "firefox.log").open("ab") as log:
            return subprocess.Popen(
                command, env=environment, stdout=log, stderr=log, start_new_session=True
            )

    def _port(self) -> int:
        if self._process.poll() is not None:
            raise RuntimeError(f"Firefox ended: {(self.profile_dir / 'firefox.log').read_text()}")
        port_file = self.profile_dir / "MarionetteActivePort"
        return int(port_file.read_text() or 0) if port_file.exists() else 0

    def _end_processes(self) -> None:
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(10)

    def quit(self) -> None:
        """Close the browser as a person does, so that it saves what it saves."""
        self._call("Marionette:Quit", flags=["eAttemptQuit"])
        self._process.wait(60)
        self._call.close()

    def wait_until_push_is_saved(self, timeout: float = 20) -> None:
        """Wait until the profile holds the push identity, which Firefox writes a moment later."""
        identity = 'return Services.prefs.getStringPref("dom.push.userAgentID");'
        uaid, saved = self.execute_in_chrome(identity), self.profile_dir / "prefs.js"
        wait_until(lambda: saved.exists() and uaid in saved.read_text(), timeout, "saved prefs.js")

    def kill(self) -> None:
        """End the browser and all its processes at once, as a phone's system does.

        Killed within half a second of subscribing, Firefox forgets its push identity, and with it
        the subscription; `wait_until_push_is_saved()` before it keeps that out of a test.
        """
        self._end_processes()
        self._call.close()

    def navigate(self, url: str) -> None:
        """Open an address in the current tab and wait for its load."""
        self._call("WebDriver:Navigate", url=url)

    @property
    def url(self) -> str:
        """The current tab's address."""
        return str(self._call("WebDriver:GetCurrentURL"))

    @property
    def text(self) -> str:
        """What the page shows, as innerText."""
        return str(self.execute_script("return document.body?.innerText ?? '';"))

    def execute_script(self, script: str, *arguments: Any) -> Any:
        """Run a function's body in the page; `arguments` hold what was given."""
        return self._call(
            "WebDriver:ExecuteScript", script=script, args=list(arguments), sandbox=None
        )

    def execute_async_script(self, script: str, *arguments: Any, timeout: float = 30) -> Any:
        """Run a function's body that calls its last argument with the result."""
        return self._call(
            "WebDriver:ExecuteAsyncScript",
            script=script,
            args=list(arguments),
            sandbox=None,
            scriptTimeout=round(timeout * 1000),
        )

    def execute_in_chrome(self, script: str, *arguments: Any) -> Any:
        """Run a function's body as the browser's own code; a promise it returns is awaited."""
        self._call("Marionette:SetContext", value="chrome")
        try:
            return self.execute_script(script, *arguments)
        finally:
            self._call("Marionette:SetContext", value="content")

    def find(self, selector: str, timeout: float = 20) -> str:
        """Find the first element that matches a CSS selector, waiting for it; give its id."""
        return wait_until(lambda: next(iter(self.find_all(selector)), ""), timeout, selector)

    def find_all(self, selector: str) -> list[str]:
        """Find every element that matches a CSS selector now."""
        found = self._call("WebDriver:FindElements", using="css selector", value=selector)
        return [element[ELEMENT] for element in found]

    def click(self, selector: str, timeout: float = 20) -> None:
        """Click in the middle of an element, scrolled into view; raises where it is covered."""
        self._call("WebDriver:ElementClick", id=self.find(selector, timeout))

    def type(self, selector: str, text: str, timeout: float = 20) -> None:
        """Type into a field, key by key."""
        self._call("WebDriver:ElementSendKeys", id=self.find(selector, timeout), text=text)

    def clear(self, selector: str, timeout: float = 20) -> None:
        """Empty a field."""
        self._call("WebDriver:ElementClear", id=self.find(selector, timeout))

    def wait_for_text(self, text: str, timeout: float = 20) -> None:
        """Wait until the page shows this text."""
        wait_until(lambda: self._shows(text), timeout, f"the words {text!r} on {self.url}")

    def _shows(self, text: str) -> bool:
        try:
            return text in self.text
        except MarionetteError:  # between two pages
            return False

    def screenshot(self, path: Path) -> None:
        """Save what the tab shows as PNG."""
        path.write_bytes(base64.b64decode(self._call("WebDriver:TakeScreenshot", full=False)))

    def tabs(self) -> list[str]:
        """Name every open tab by its handle."""
        return list(self._call("WebDriver:GetWindowHandles"))

    def switch_to_tab(self, handle: str) -> None:
        """Make this tab the one that is driven and seen."""
        self._call("WebDriver:SwitchToWindow", handle=handle, focus=True)

    def switch_to_url(self, part: str, timeout: float = 20) -> str:
        """Switch to the tab whose address holds `part`, waiting for one; give its handle."""
        return wait_until(lambda: self._switch_if(part), timeout, f"a tab at {part}")

    def _switch_if(self, part: str) -> str:
        for handle in self.tabs():
            self.switch_to_tab(handle)
            if part in self.url:
                return handle
        return ""

    def close_tab(self) -> None:
        """Close the current tab and go to the first that is left; the last one closes Firefox."""
        left = self._call("WebDriver:CloseWindow")
        self.switch_to_tab(left[0])

    def allow_notifications_prompt(self, timeout: float = 20) -> None:
        """Click Allow in the browser's own question, once the page has asked for it."""
        wait_until(lambda: self.execute_in_chrome(ALLOW), timeout, "the notification prompt")
        closed = 'return PopupNotifications.panel.state === "closed";'
        wait_until(lambda: self.execute_in_chrome(closed), timeout, "the prompt's end")

    def notifications(self) -> list[dict[str, Any]]:
        """List what stands in the tray now, oldest first: title, body, tag, data, actions, …"""
        return list(self.execute_in_chrome(READ_TRAY, TRAY))

    def wait_for_notification(self, timeout: float = 30, count: int = 1) -> dict[str, Any]:
        """Wait until `count` notifications stand in the tray; give the newest."""
        what = f"notification {count}"
        return wait_until(lambda: self.notifications()[count - 1 :], timeout, what)[-1]

    def click_notification(self, index: int = 0, action: str = "") -> None:
        """Click a notification, or one of its actions: the worker's `notificationclick` runs."""
        self.execute_in_chrome(CLICK_TRAY, TRAY, index, action)

    def dismiss_notification(self, index: int = 0) -> None:
        """Wipe a notification away: the worker's `notificationclose` runs."""
        self.execute_in_chrome(DISMISS_TRAY, TRAY, index)
