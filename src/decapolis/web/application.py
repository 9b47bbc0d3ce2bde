"""The application, ready to use: importing this module loads the settings. Also the WSGI entry for the server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "decapolis.web.settings")
application = get_wsgi_application()
