"""The one table of rights: phones whose person was erased."""

import uuid
from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from webapp.database import db, now


class ErasedDevice(db.Model):
    """A phone's store that is to be emptied at its next contact. Names nobody."""

    __tablename__ = "erased_device"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    erased_at: Mapped[datetime] = mapped_column(default=now)
