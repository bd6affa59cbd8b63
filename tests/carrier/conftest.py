import pytest

from tests.carrier.application import HOST, OFFICE, Application


@pytest.fixture
def app():
    application = Application()
    application.carrier.add_number(
        OFFICE, f"{HOST}/voice/", sms_url=f"{HOST}/sms/", status_callback=f"{HOST}/call-status/"
    )
    return application


@pytest.fixture
def carrier(app):
    return app.carrier
