"""What the web server loads."""

from webapp import create_app
from webapp.logs import init_logs

init_logs()
app = create_app()
