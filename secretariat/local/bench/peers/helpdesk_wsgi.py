"""django-helpdesk as a server starts it, in its own Python."""

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
