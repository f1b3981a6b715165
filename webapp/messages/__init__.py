"""Messages: conversations about one listing, what they hold, and what is opened in them."""

from webapp.messages.forms import AT_MOST, FIRST_AT_MOST, OPENS, MessageForm, OpenForm, ReadForm
from webapp.messages.models import OWNER, STARTER, Conversation, Message, Waiting, conversation_id
from webapp.messages.rows import (
    delivered_to,
    ids_of,
    letters_of,
    message_row,
    notification,
    row,
    undelivered,
)
from webapp.messages.touching import (
    is_gone,
    make_room,
    touch,
    touch_about,
    touch_between,
    touch_of,
    touch_opened,
    unanswered,
    wait,
)
from webapp.messages.verbs import Full, begin, find, leave, open_to, read_to, write

__all__ = [
    "AT_MOST",
    "FIRST_AT_MOST",
    "OPENS",
    "OWNER",
    "STARTER",
    "Conversation",
    "Full",
    "Message",
    "MessageForm",
    "OpenForm",
    "ReadForm",
    "Waiting",
    "begin",
    "conversation_id",
    "delivered_to",
    "find",
    "ids_of",
    "is_gone",
    "leave",
    "letters_of",
    "make_room",
    "message_row",
    "notification",
    "open_to",
    "read_to",
    "row",
    "touch",
    "touch_about",
    "touch_between",
    "touch_of",
    "touch_opened",
    "unanswered",
    "undelivered",
    "wait",
    "write",
]
