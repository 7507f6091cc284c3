"""Invented people, with telephone numbers that Ofcom keeps for fiction and reserved mail domains."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Iterator

_FIRST = """
Aaliyah Abigail Adaeze Aisha Alice Amara Amelia Amina Andrew Anita Anjali Anwen Arthur Ayesha
Beatrice Ben Bethan Bronwen Callum Carys Catrin Charlotte Chidi Chloe Claire Daniel Deepa Dilys
Eilidh Eleanor Ella Emeka Emily Esther Farah Fatima Fiona Fraser Gemma George Grace Grainne
Gurpreet Hamza Hannah Harriet Heather Helen Holly Imogen Imran Ines Iona Isla Jack Jada James
Jasmine Jodie Joseph Kamal Karen Kate Kavita Kemi Kirsty Kwame Laura Leila Li Lindiwe Louise Lucy
Mairi Malik Maria Marta Megan Mei Michael Mina Mohammed Molly Nadia Naomi Natasha Ngozi Niamh
Nicola Oliver Olivia Orla Owen Parveen Patrick Poppy Priti Rachel Rebecca Rhian Robert Rosie
Rukhsana Ruth Samira Sanjay Sarah Shanice Sian Simran Sofia Sophie Stephen Sunita Tamsin Tariq
Tessa Thandi Theo Tom Uzma Victoria Wanjiru Wei Yasmin Yusuf Zadie Zainab Zofia
"""

_LAST = """
Abara Abbott Achebe Adams Adeyemi Ahmed Akhtar Ali Allardyce Anand Appiah Armitage Ashworth Atkins
Bailey Banerjee Barlow Baxter Begum Bell Bevan Bhatt Birch Blackwood Boateng Bowen Bradshaw Brennan
Briggs Buchanan Burgess Butterworth Cadwallader Campbell Carrick Chaudhry Chen Chopra Clegg Cohen
Coleman Conteh Cooke Cunningham Dalgleish Danso Davies Desai Devlin Dhillon Diallo Dixon Docherty
Doyle Drummond Dunne Eccles Edwards Egan Ellison Entwistle Evans Fairclough Farrell Fenwick
Ferguson Fielding Finch Fitzgerald Fletcher Forsyth Foster Frost Gallagher Garside Gibbons Gill
Goddard Gomez Goodwin Greenwood Griffiths Gupta Haddad Hallam Hameed Hardcastle Harris Hashmi
Haworth Heath Henderson Hewitt Hinchliffe Holloway Hopkins Howells Hughes Hussain Ibrahim Iqbal
Jackson Jagger James Jenkins Jones Joshi Kapoor Kaur Kavanagh Kelly Kendall Khan Kowalska Lacey
Lamb Langley Larkin Lau Lees Lennox Lewandowska Lloyd Lowther Lynch MacLeod Mahmood Malik Marsden
McAllister McBride McKenna Mehta Mensah Mistry Moreau Morgan Moyo Mukherjee Mulligan Murray Naylor
Ndlovu Nguyen Nowak Nuttall Nwosu OBrien Odukoya Okafor Okonkwo Osborne Owens Owusu Palmer Parekh
Parkinson Patel Pearce Pemberton Pendleton Pereira Pickering Popescu Powell Prakash Price Qureshi
Radcliffe Rahman Ramsden Redfern Reid Rhodes Rigby Robertson Rowlands Sadiq Sanderson Santos Sethi
Shah Sharma Shaw Sheikh Silva Simmonds Singh Sinclair Slater Stirling Sutcliffe Swift Tanner Tetteh
Thackray Thapa Thomas Tierney Turnbull Underwood Varga Vaughan Wainwright Walsh Warburton Watkins
Webb Whitaker Wilkes Winstanley Wong Woodhouse Wójcik Yates Yeboah Young Zaman
"""


def people(rng: random.Random) -> Iterator[str]:
    """Full names in random order, no surname twice; ends with the surnames (more than 200)."""
    last = _LAST.split()
    rng.shuffle(last)
    first = _FIRST.split()
    for surname in last:
        yield f"{rng.choice(first)} {surname.replace('OBrien', 'O’Brien')}"


def mail(rng: random.Random, name: str) -> str:
    """The person's address at one of the domains reserved for examples."""
    letters = unicodedata.normalize("NFKD", name.replace("ł", "l").replace("’", ""))
    plain = letters.encode("ascii", "ignore").decode().lower()
    local = ".".join(part for part in plain.split() if part not in ("dr", "&"))
    return f"{local}@example.{rng.choice(('com', 'org'))}"


def phone(rng: random.Random) -> str:
    """A number from the ranges that Ofcom reserves for drama, as people write it down."""
    digits = rng.randrange(1000)
    return rng.choice(
        (f"020 7946 0{digits:03d}", f"07700 900{digits:03d}", f"07700 900 {digits:03d}")
    )
