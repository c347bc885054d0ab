"""Django in a single file, on wsgiref, as `manage.py runserver` is."""

import sys
from wsgiref.simple_server import make_server

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import JsonResponse
from django.urls import path


def cookies(request):
    return JsonResponse(list(request.COOKIES.items()), safe=False)


urlpatterns = [path("", cookies)]
settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["localhost"])
make_server("127.0.0.1", int(sys.argv[1]), get_wsgi_application()).serve_forever()
