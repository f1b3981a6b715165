"""The public pages: what Milkwell is, and where its data comes from."""

from flask import Blueprint, render_template

blueprint = Blueprint("front", __name__)


@blueprint.get("/")
def index() -> str:
    """The front page."""
    return render_template("front/index.html")


@blueprint.get("/about")
def about() -> str:
    """Where the data comes from, and whose code runs here."""
    return render_template("about/index.html")
