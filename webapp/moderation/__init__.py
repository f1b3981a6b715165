"""Moderation: reporting, blocking and suspending, and what each takes from whose phones."""

from webapp.moderation.forms import REASONS, ReportForm
from webapp.moderation.models import HeldListing, Report
from webapp.moderation.reports import close, open_reports, report, reports_about
from webapp.moderation.verbs import block, lift, restore, suspend, suspended_device, whom

__all__ = [
    "REASONS",
    "HeldListing",
    "Report",
    "ReportForm",
    "block",
    "close",
    "lift",
    "open_reports",
    "report",
    "reports_about",
    "restore",
    "suspend",
    "suspended_device",
    "whom",
]
