"""What anybody wrote, made safe for a terminal."""


def plain(text: str) -> str:
    """The text without control characters, which a terminal obeys."""
    return "".join(c if c.isprintable() else " " for c in text)
