"""Links from the command line, and the cast of the fictional city."""

import pytest

from decapolis.city.access.cli import demo_password, main, sign_ins
from decapolis.city.access.factories import CAST
from decapolis.city.access.queries import holders
from decapolis.city.access.roles import ROLES
from decapolis.city.people.models import Account
from decapolis.plumbing.failures import Failure

pytestmark = pytest.mark.django_db


def test_first_link_leads_to_the_first_account(client, capsys):
    assert main(["--site", "https://city.example", "first-link"]) == 0

    address = capsys.readouterr().out.strip()
    assert address.startswith("https://city.example/first-account/")
    assert client.get(address.removeprefix("https://city.example")).status_code == 200


def test_first_link_is_refused_where_there_is_an_account(member):
    member("Lena Moor", "administrator")

    with pytest.raises(Failure, match="new-link"):
        main(["first-link"])


def test_new_link_sets_a_lost_password(client, member, capsys):
    account = member("Lena Moor", "administrator")

    main(["new-link", "LENA.moor@example.org"])
    path = capsys.readouterr().out.strip().removeprefix("http://localhost:8000")
    client.post(path, {"password": "three quiet green boats"})

    account.refresh_from_db()
    assert account.check_password("three quiet green boats")


def test_new_link_for_nobody_says_so():
    with pytest.raises(Failure, match=r"no account with the address x@example\.org"):
        main(["new-link", "x@example.org"])


def test_cast_has_one_colleague_for_each_role(settings, data_folder):
    settings.FICTIONAL, settings.DATA = True, data_folder

    assert main(["demo"]) == main(["demo"]) == 0

    assert [each.number for each in holders()] == [1] * len(ROLES)
    assert all(account.check_password(demo_password()) for account in Account.objects.all())
    assert [line.split()[0] for line in sign_ins()] == list(
        Account.objects.order_by("pk").values_list("email", flat=True)
    )
    assert len(CAST) == 15


def test_cast_is_made_in_no_real_city(settings):
    settings.FICTIONAL = False

    with pytest.raises(Failure, match="not fictional"):
        main(["demo"])
    assert not Account.objects.exists()
