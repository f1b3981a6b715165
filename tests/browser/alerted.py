"""A family with a real Firefox, and a donor beside her who speaks the wire."""

from collections.abc import Callable
from functools import cached_property
from typing import Any, cast

from sqlalchemy import select

from tests.browser.acts import PASSWORD
from tests.browser.engines import arrive, press, tap, wait_for
from tests.browser.firefox import Firefox, wait_until
from tests.browser.push_service import Push, PushService, Subscription
from tests.browser.site import Site
from tests.cast import GRESHAM, Cast, Client, Phone, offer
from tests.messages.pen import Pen
from webapp import create_app
from webapp.alerts import Alert, Delivery, Device, test
from webapp.config import read_settings
from webapp.database import now, reading, writing
from webapp.people import Person


class June:
    """She asks for milk tonight; Rosa offers some near her. The site runs with its own worker."""

    def __init__(self, firefox: Firefox, site: Site, push: PushService) -> None:
        self.firefox, self.site, self.push = firefox, site, push

    @cached_property
    def app(self) -> Any:
        """The site's own app in this process, for what its database says."""
        app = create_app(read_settings(self.site.environment))
        app.test_client_class = Client
        return app

    @cached_property
    def rosa(self) -> Phone:
        """A donor 20 km away, whose phone speaks the wire to the app in this process."""
        with self.app.app_context():
            return Cast(self.app).somebody("Rosa", GRESHAM)

    def offers(self) -> str:
        """Rosa offers 400 oz: the offer's id."""
        with self.app.app_context():
            return self.rosa.publish(offer())

    @cached_property
    def pen(self) -> Pen:
        """Rosa, as she writes to June about her request."""
        with self.app.app_context():
            self.rosa.sync()
            match = self.rosa.held("me", "match")[0]
            return Pen(self.rosa, match["other"], match["mine"])

    def writes(self, text: str) -> None:
        """Rosa writes June a letter."""
        with self.app.app_context():
            assert self.pen.write(text)["outcome"] == "done"

    def answers(self) -> None:
        """June answers her, from another phone: from now on either may write as she likes."""
        with self.app.app_context():
            with reading() as session:
                her = self._row(session).id
            pen, phone = self.pen, Cast(self.app).phone(her)
            theirs = Pen(phone, pen.mine, pen.listing, starter=pen.phone)
            assert theirs.write("Yes, please")["outcome"] == "done"

    def prefers(self, **changed: Any) -> None:
        """What June chose under Me, put where it is kept."""
        with self.app.app_context(), writing() as session:
            for name, value in changed.items():
                setattr(self._row(session), name, value)

    def wakes(self, **changed: Any) -> None:
        """Her quiet hours are over, and what waited for their end is due."""
        with self.app.app_context(), writing() as session:
            for name, value in changed.items():
                setattr(self._row(session), name, value)
            for waiting in session.query(Delivery).filter_by(state="due"):
                waiting.due_at = now()

    def delivery(self, kind: str) -> Delivery:
        """How the telling of one kind of alert stands, of which she was told one."""
        with self.app.app_context(), reading() as session:
            told = select(Delivery).join(Delivery.alert).where(Alert.kind == kind)
            found = session.scalars(told).unique().one()
            session.expunge(found)
            return found

    def device(self) -> Device:
        """Her phone, as the server knows it."""
        with self.app.app_context(), reading() as session:
            found = self._device(session)
            session.expunge(found)
            return found

    def subscription(self) -> Subscription:
        """Where her browser is pushed to now, as the push service knows it."""
        endpoint = self.device().endpoint
        return self.push.subscriptions[endpoint or ""]

    def tries_out(self) -> None:
        """She sends her phone a test, which comes at any hour."""
        with self.app.app_context(), writing() as session:
            test(self._device(session), self._row(session))

    def count(self, noun: Any) -> int:
        """How many rows of a model there are."""
        with self.app.app_context(), reading() as session:
            return len(session.scalars(select(noun.id)).unique().all())

    def pushed(self, cause: Callable[[], object]) -> Push:
        """Do something and wait for the push that it causes."""
        before = len(self.push.received)
        cause()
        return self.push.wait_for_push(before + 1)

    def join(self) -> None:
        """Sign up and answer /welcome."""
        firefox = self.firefox
        firefox.navigate(f"{self.site.origin}/sign-up?next=/requests/new")
        firefox.type("[name=name]", "June")
        firefox.type("[name=email]", "june@example.org")
        firefox.type("[name=password]", PASSWORD)
        press(firefox, "form button")
        arrive(firefox, "/welcome")
        wait_for(firefox, "[data-next]:enabled")
        firefox.type("[role=combobox]", "Portland")
        # Of what was found for the first letters nothing is taken.
        tap(firefox, "Portland", "[role=option]")
        self.tick("Mother")
        press(firefox, "[data-next]:enabled")
        self.tick("I am 18 or older.")
        self.tick("Milkwell may keep what I answer")
        press(firefox, "[data-next]:enabled")
        arrive(firefox, "/requests/new")

    def ask_for_tonight(self) -> None:
        """A request for tonight, as few taps as it takes."""
        firefox = self.firefox
        wait_for(firefox, "[data-next]:enabled")
        self.tick("20")
        self.tick("Tonight")
        for step in ("1 of 4", "2 of 4", "3 of 4"):
            firefox.wait_for_text(step)
            if step == "2 of 4":
                self.tick("No")
            press(firefox, "[data-next]:enabled")
        firefox.wait_for_text("4 of 4")
        press(firefox, "[data-next]:enabled")
        firefox.wait_for_text("Sent.")

    def allow(self) -> None:
        """Allow alerts under Me, and in the browser's own question."""
        self.open("/me")
        self.press("Allow alerts")
        self.firefox.allow_notifications_prompt()
        self.firefox.wait_for_text("Alerts are on")

    def stops(self) -> None:
        """The server ends, once it has written down what was pushed: else it is pushed again."""
        wait_until(lambda: not self._due(), 20, "the server's word for what was pushed")
        self.site.stop()

    def open(self, path: str) -> None:
        """Open a page of the app."""
        self.firefox.navigate(f"{self.site.origin}{path}")

    def tick(self, text: str) -> None:
        """Tap the chip or box that says so."""
        tap(self.firefox, text, "label, button.chip")

    def press(self, text: str) -> None:
        """Press the button that says so."""
        tap(self.firefox, text, "button")

    def clear(self) -> None:
        """Wipe every notification away."""
        while self.firefox.notifications():
            self.firefox.dismiss_notification()

    def _due(self) -> bool:
        with self.app.app_context(), reading() as session:
            return bool(session.query(Delivery).filter_by(state="due").count())

    def _device(self, session: Any) -> Device:
        # Of her phones the one that a push service knows, or knew.
        hers = select(Device).where(Device.person_id == self._row(session).id, Device.service != "")
        return cast(Device, session.scalars(hers).one())

    @staticmethod
    def _row(session: Any) -> Person:
        return cast(Person, session.query(Person).filter_by(email="june@example.org").one())
