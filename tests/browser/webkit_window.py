"""A WebKitGTK window that WebDriver drives and that keeps its profile, as MiniBrowser does not.

Debian's own Python runs it, with the folder of the profile as the argument.
"""

import sys
from pathlib import Path

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import Gtk, WebKit2  # noqa: E402


def main(profile: Path) -> None:
    """Show the page that automation asks for until its window is closed."""
    context = remembering(profile)
    context.set_automation_allowed(True)
    window = Gtk.Window(default_width=360, default_height=740)
    window.connect("destroy", Gtk.main_quit)

    def create(_session: WebKit2.AutomationSession) -> WebKit2.WebView:
        view = WebKit2.WebView(web_context=context, is_controlled_by_automation=True)
        view.get_settings().set_enable_write_console_messages_to_stdout(True)
        view.connect("close", lambda _: window.destroy())
        window.add(view)
        window.show_all()
        return view

    context.connect("automation-started", lambda _, it: it.connect("create-web-view", create))
    Gtk.main()


def remembering(profile: Path) -> WebKit2.WebContext:
    """A context that keeps cookies, databases, caches and service workers in a folder."""
    manager = WebKit2.WebsiteDataManager(
        base_data_directory=str(profile / "data"), base_cache_directory=str(profile / "cache")
    )
    manager.get_cookie_manager().set_persistent_storage(
        str(profile / "cookies.sqlite"), WebKit2.CookiePersistentStorage.SQLITE
    )
    return WebKit2.WebContext.new_with_website_data_manager(manager)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
