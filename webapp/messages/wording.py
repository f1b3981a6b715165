"""What a first letter may not hold: ways around Milkwell, and money."""

import re
import unicodedata

from flask_babel import gettext as _

_LINK = re.compile(
    r"https?:|www\.|\b[\w-]{2,}\.(?:com|net|org|io|me|co|ly|gg|app|link|info|biz|xyz|us|uk|es|mx|ar)\b"
    r"|\w@\w|(?:^|\s)@\w{3,}"
)
_DATE = re.compile(r"\b\d{4}-\d{1,2}-\d{1,2}\b|\b\d{1,2}[/.]\d{1,2}(?:[/.]\d{2,4})?\b")
# Seven digits are the shortest number that reaches anybody.
_TELEPHONE = re.compile(r"(?:\d[\s().\-/]{0,2}){7,}")
_PAYMENT = re.compile(
    r"[$€£¥]|\b(?:pay|pays|paying|paid|payment|paypal|venmo|zelle|cash ?app|bizum|bitcoin|money"
    r"|cash|price|prices|priced|sell|selling|sold|sale|for sale|dollars?|euros?|usd|bucks|deposit"
    r"|postage|wire transfer|gift ?cards?"
    r"|pagar?|pago|pagos|pague|pagas|precio|precios|vender?|vendo|venta|dinero|dolares|pesos"
    r"|efectivo|deposito|transferencia|cobrar?|cobro)\b"
)


def refused(text: str) -> str:
    """Why a first letter is refused, in words; empty where it may go.

    Looks at what a reader would see: without what can't be seen, letters and digits in their
    plain form, so that neither full-width digits nor zero-width spaces get around it.
    """
    plain = _plain(text)
    if _LINK.search(plain):
        return _("Leave out links and addresses until you have an answer. Nothing was sent.")
    if _TELEPHONE.search(_DATE.sub(" ", plain)):
        return _("Leave out telephone numbers until you have an answer. Nothing was sent.")
    if _PAYMENT.search(plain):
        return _("Milk is a gift here. Leave out anything about money. Nothing was sent.")
    return ""


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return "".join(c for c in decomposed if unicodedata.category(c) not in ("Cf", "Mn"))
