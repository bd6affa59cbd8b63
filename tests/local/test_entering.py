"""Going in by a link: her shift begins where it may, and where it may not she goes in all the same."""

from urllib.parse import urlsplit

from django.test import Client as Browser

from secretariat.local import entering
from secretariat.office.models import Firm, Shift


def test_whoever_may_not_start_a_shift_yet_goes_in_and_reads_why(office, settings):
    settings.ROOT_URLCONF = "secretariat.local.demo_urls"
    priya = office.secretary("Priya", ready=False)
    Firm.current()
    Firm.objects.update(contracts_from="2020-01-01")
    link = urlsplit(entering.link_for(priya.user.email)).path
    page = Browser().get(f"{link}?next=/desk/contract/", follow=True)
    assert page.status_code == 200
    assert "has no signed contract" in page.content.decode()
    assert not Shift.objects.exists()
    Firm.objects.update(contracts_from=None)
    assert Browser().get(link).status_code == 302
    assert Shift.objects.get().secretary == priya
