"""gunicorn tests.bench.patokan.wsgi"""

import os

from django.core.wsgi import get_wsgi_application

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.patokan.settings"
application = get_wsgi_application()
