"""Tables of organisations: what is taken, what is not, and that each fault names the line and the remedy."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decapolis.__main__ import main
from decapolis.city.access.public import ANYONE, Viewer
from decapolis.city.organisations import files, queries
from decapolis.city.organisations.actions import withdraw_organisation
from decapolis.city.organisations.factories import make_organisation
from decapolis.city.organisations.files import COLUMNS, DirectoryFault, looks_like_a_person, read_directory
from decapolis.city.organisations.models import Organisation
from decapolis.plumbing.acting import OPERATOR
from tests.data import shared_data

KEEPER = Viewer("operator")
HEAD = ",".join(COLUMNS)
REGISTER = ["--kind", "association", "--source", "https://register.example.org"]


def write(folder, text):
    path = folder / "register.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_read_directory_takes_its_columns_in_any_order(tmp_path):
    text = "languages,name,offers,email\nfr;ar, Library  of the Quay ,space; media;space,info@example.org\n"

    (row,) = read_directory(write(tmp_path, text)).rows

    assert (row.line, row.name, row.offers, row.languages) == (
        2,
        "Library of the Quay",
        ("space", "media"),
        ("fr", "ar"),
    )
    assert (row.kind, row.email) == ("", "info@example.org")


def test_other_columns_are_not_taken_and_told(tmp_path):
    found = read_directory(write(tmp_path, "name,director,religion\nLibrary,Anna Maes,none\n"))

    assert found.notes == ("columns that an organisation has not: director, religion",)
    assert "Maes" not in repr(found.rows)


def test_the_address_of_a_person_is_not_taken_and_told(tmp_path):
    found = read_directory(write(tmp_path, "name,email\nLibrary,anna.maes@example.org\n"))

    assert found.rows[0].email == ""
    assert found.notes == ("line 2: an address that looks like that of a person",)


@pytest.mark.parametrize(
    ("email", "is_person"),
    [
        ("anna.maes@example.org", True),
        ("a.maes@example.org", True),
        ("Anna_Maes@example.org", True),
        ("info@example.org", False),
        ("youth.centre@example.org", False),
        ("contact-liege@example.org", False),
        ("quaylibrary@example.org", False),
        ("", False),
    ],
)
def test_an_address_of_a_person_is_told_by_its_two_words(email, is_person):
    assert looks_like_a_person(email) == is_person


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "no column “name”"),
        ("nom\nLibrary\n", "no column “name”"),
        ("name,kind\n,school\n", "line 2: The name is empty"),
        ("name\nLibrary\nMill\nlibrary\n", "line 4: “library” is in line 2 too"),
        ("name,kind\nLibrary,school,x\n", "line 2: It has more cells than the head"),
        ('name\n"Library\n', "This is no table"),
        ("name\nBibliothèque\n".encode("latin-1"), "not text in UTF-8"),
        (b"PK\x03\x04\xff", "not text in UTF-8"),
    ],
)
def test_a_damaged_table_is_refused(tmp_path, text, what):
    with pytest.raises(DirectoryFault, match=what):
        read_directory(write(tmp_path, text))


def test_a_table_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(DirectoryFault, match="cannot be read"):
        read_directory(tmp_path / "nowhere.csv")


@pytest.mark.parametrize(
    ("limit", "said"), [("LARGEST_FILE", "larger than"), ("MOST_ROWS", "line 3: It has more than")]
)
def test_a_table_over_a_limit_is_refused(tmp_path, monkeypatch, limit, said):
    monkeypatch.setattr(files, limit, 1)

    with pytest.raises(DirectoryFault, match=said):
        read_directory(write(tmp_path, "name\nLibrary\nMill\n"))


WORDS = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=20)


@given(st.lists(WORDS, min_size=1, unique_by=str.casefold))
def test_names_come_out_as_they_were_written(tmp_path_factory, names):
    text = io.StringIO()
    csv.writer(text).writerows([["name"], *([name] for name in names)])

    found = read_directory(write(tmp_path_factory.mktemp("csv"), text.getvalue()))

    assert [row.name for row in found.rows] == names


@pytest.mark.django_db
def test_the_command_enters_lists_confirms_and_withdraws(tmp_path, capsys):
    path = str(write(tmp_path, "name,kind,offers\nLibrary,public_service,space\nMill,,\n"))

    assert main(["organisations", "import", path, *REGISTER, "--dry-run"]) == 0
    assert "2 entered" in capsys.readouterr().out
    assert queries.organisations(KEEPER) == ()
    assert main(["organisations", "import", path, *REGISTER]) == 0
    assert queries.organisations(ANYONE) == ()
    library, mill = queries.organisations(KEEPER)
    assert (library.kind, mill.kind) == ("public_service", "association")
    assert main(["organisations", "confirm", str(mill.number), "--agreed"]) == 0
    assert [facts.name for facts in queries.organisations(ANYONE)] == ["Mill"]
    assert main(["organisations", "withdraw", str(mill.number)]) == 2
    assert main(["organisations", "withdraw", str(mill.number), "--yes"]) == 0
    assert queries.organisations(ANYONE) == ()
    capsys.readouterr()
    assert main(["organisations", "list"]) == 0
    assert "Library  (public_service; not_asked" in capsys.readouterr().out


@pytest.mark.django_db
def test_the_command_says_what_is_not_there(capsys):
    assert main(["organisations", "confirm", "404"]) == 2
    assert "There is no organisation 404" in capsys.readouterr().err


@pytest.mark.django_db
def test_what_is_known_or_declined_is_left_alone(tmp_path, capsys):
    make_organisation("Library")
    withdraw_organisation(organisation=make_organisation("Mill"), by=OPERATOR)
    path = str(write(tmp_path, "name\nlibrary\nMILL\nWeir\n"))

    assert main(["organisations", "import", path, *REGISTER]) == 0

    assert "1 entered, 1 known already, 1 asked not to be listed." in capsys.readouterr().out
    assert [facts.name for facts in queries.organisations(KEEPER)] == ["Library", "Mill", "Weir"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("line", "said"),
    [("Weir,mosque,", "line 3"), ("Weir,,surveillance", "Offers are"), ("Weir,,,French please", "line 3")],
)
def test_nothing_of_a_faulty_table_is_entered(tmp_path, capsys, line, said):
    path = str(write(tmp_path, f"{HEAD}\nLibrary\n{line}\n"))

    assert main(["organisations", "import", path, *REGISTER]) == 2
    assert said.lower() in capsys.readouterr().err.lower()
    assert not Organisation.objects.exists()


@pytest.mark.data
@pytest.mark.slow
@pytest.mark.django_db
def test_a_real_register_is_entered_without_its_persons(capsys):
    path = str(shared_data("directory/san_mateo/data/sample-csv/organizations.csv"))

    assert main(["organisations", "import", path, *REGISTER]) == 0

    assert "8 entered" in capsys.readouterr().out
    assert len(queries.organisations(KEEPER)) == 8
    assert queries.organisations(ANYONE) == ()


@pytest.mark.data
def test_a_register_with_noisy_duplicates_is_refused_by_line():
    with pytest.raises(DirectoryFault, match=r"line \d+: “.*” is in line \d+ too"):
        read_directory(shared_data("directory/synthetic_organisations_10000.csv"))
