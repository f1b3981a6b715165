"""Rights: everything of a person as a file, taking back a consent, and erasing her."""

from webapp.rights.consents import take_back
from webapp.rights.erasing import erase, erased
from webapp.rights.exporting import export
from webapp.rights.models import ErasedDevice
from webapp.rights.wiping import wipe

__all__ = ["ErasedDevice", "erase", "erased", "export", "take_back", "wipe"]
