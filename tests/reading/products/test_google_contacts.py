"""Google Contacts, the new form and the old one: a list of prospects until a second file tells more."""

from exported import exported

NEW = """\
First Name,Middle Name,Last Name,Phonetic First Name,File As,Organization Name,Birthday,Notes,Labels,\
E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value
Ann,,Lee,,,Lee Yoga,1980-03-14,"Prefers mornings,
never Mondays",* myContacts,Work,ann@lee.example ::: a@home.example,Mobile,0123 ::: 0456
Bob,J.,Ray,,,,,,* myContacts,,bob@ray.example,,
"""
OLD = """\
Name,Given Name,Additional Name,Family Name,Yomi Name,Birthday,Notes,Group Membership,\
E-mail 1 - Type,E-mail 1 - Value,Phone 1 - Type,Phone 1 - Value
Cleo Dow,Cleo,,Dow,, --03-14,,* myContacts ::: Clients,Work,cleo@dow.example,,
"""


def test_the_new_form(tmp_path):
    book = exported(tmp_path, "contacts.csv", NEW, encoding="utf-8-sig")
    ray, lee = (one.client for one in book.relationships)
    assert (ray.name, ray.contact, ray.email) == ("Bob J. Ray", "Bob J. Ray", "bob@ray.example")
    assert (lee.name, lee.contact, lee.email) == ("Lee Yoga", "Ann Lee", "ann@lee.example")
    assert (lee.phone, str(lee.birthday)) == ("0123", "1980-03-14")
    assert [problem.found for problem in book.problems] == ["a list of clients alone"]
    assert "Google Calendar" in book.problems[0].suggestion


def test_the_old_form(tmp_path):
    book = exported(tmp_path, "google.csv", OLD, encoding="utf-16")
    (dow,) = (one.client for one in book.relationships)
    assert (dow.name, dow.email, str(dow.birthday)) == (
        "Cleo Dow",
        "cleo@dow.example",
        "2000-03-14",
    )
