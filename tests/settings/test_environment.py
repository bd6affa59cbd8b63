from dataclasses import fields
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from secretariat.settings.environment import Environment

EXAMPLE = Path(__file__).parents[2] / ".env.example"
COMPLETE = dict.fromkeys(Environment.REQUIRED.split(), "given") | {"EMAIL_URL": "smtp://mail.example.com"}


def test_the_example_and_the_code_name_the_same_settings_in_the_same_order():
    ours, _title, _for_compose = EXAMPLE.read_text().partition("# --- For docker-compose.yml alone")
    in_example = [line.partition("=")[0] for line in ours.splitlines() if line and not line.startswith("#")]
    assert in_example == [field.name for field in fields(Environment)]


def test_an_empty_value_is_no_value():
    assert Environment.read({"LOG_LEVEL": ""}).LOG_LEVEL == "INFO"


@pytest.mark.parametrize("name", Environment.REQUIRED.split())
def test_production_names_what_is_missing(name):
    environment = Environment.read(COMPLETE | {name: ""})
    with pytest.raises(ImproperlyConfigured, match=f"missing: {name}. "):
        environment.require()


def test_production_needs_a_way_to_send_mail():
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL"):
        Environment.read(COMPLETE | {"EMAIL_URL": ""}).require()
    assert Environment.read(
        COMPLETE | {"EMAIL_URL": "", "EMAIL_ESP": "postmark", "EMAIL_ESP_KEY": "k"}
    ).require()


def test_several_values_are_separated_by_commas():
    assert Environment.read({"ALLOWED_HOSTS": "a.example, b.example,"}).listed("ALLOWED_HOSTS") == [
        "a.example",
        "b.example",
    ]
