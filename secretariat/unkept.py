"""No browser and no proxy keeps a page: it is about somebody, and the next person there may be another.

An answer that says for itself how long it may be kept is left alone. The site's own files never come here.
"""


class KeepNoPage:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        return response
