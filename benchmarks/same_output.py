"""Whether two checkouts make the same of the samples, byte for byte.

    python benchmarks/same_output.py write FOLDER            # with the checkout's own Python
    python benchmarks/same_output.py compare BEFORE AFTER

Written are, for every sample: the site, the single file and the locked page (unlocked) with the
appendix, in every edition; the JSON, the letters, the marked copy and every client explained.
"""

from __future__ import annotations

import base64
import filecmp
import gzip
import json
import re
import subprocess
import sys
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

SAMPLES = Path(__file__).resolve().parents[1] / "sample_data"
PASSPHRASE = "nine small otters at noon"
AS_OF = "2026-10-31"
EDITIONS = ("owner", "coach", "accountant", "public")


def run(*arguments: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "reportgen", *map(str, arguments)], capture_output=True, check=False
    )


def _element(html: str, name: str) -> str:
    found = re.search(rf'<script[^>]*id="{name}"[^>]*>(.*?)</script>', html, re.DOTALL)
    assert found is not None
    return found[1]


def unlocked(html: str) -> str:
    """What the passphrase opens, as indented JSON; the page's own words around it."""
    header, pages = _element(html, "header"), _element(html, "pages")
    said = json.loads(header)
    form = said["form"].encode()
    for slot in said["slots"]:
        salt, nonce, wrapped = (base64.b64decode(slot[k]) for k in ("salt", "nonce", "key"))
        derived = PBKDF2HMAC(SHA256(), 32, salt, said["iterations"]).derive(PASSPHRASE.encode())
        key = AESGCM(derived).decrypt(nonce, wrapped, form)
        padded = AESGCM(key).decrypt(
            base64.b64decode(said["nonce"]), base64.b64decode(pages), header.encode()
        )
        length = int.from_bytes(padded[:8])
        inside = json.loads(gzip.decompress(padded[8 : 8 + length]))
        return json.dumps(inside, indent=1) + html.replace(header, "").replace(pages, "")
    raise AssertionError("no slot opened")


def write(out: Path, sample: Path) -> None:
    name = sample.stem
    words = out / "passphrase.txt"
    words.write_text(PASSPHRASE, encoding="utf-8")
    for edition in EDITIONS:
        common = ("--as-of", AS_OF, "--edition", edition)
        made = run("build", sample, "-o", out / name / edition / "site", *common)
        said = (made.stdout + made.stderr).replace(str(out).encode(), b"OUT")
        (out / name / f"{edition}.txt").write_bytes(said)
        if made.returncode:
            continue
        appendix = () if edition == "public" else ("--appendix",)
        run(
            "build",
            sample,
            "-o",
            out / name / edition / "single",
            *common,
            "--single-file",
            *appendix,
        )
        locked = out / name / edition / "locked"
        run("build", sample, "-o", locked, *common, "--password-file", words, *appendix)
        page = locked / "index.html"
        page.write_text(unlocked(page.read_text(encoding="utf-8")), encoding="utf-8")
        if appendix:
            run("build", sample, "-o", out / name / edition / "appended", *common, "--appendix")
    found = run("analyse", sample, "--as-of", AS_OF).stdout
    (out / name / "report.json").write_bytes(found)
    run("letters", sample, "-o", out / name / "letters", "--as-of", AS_OF)
    run("check", sample, "--annotate", out / name / "marked.xlsx")
    clients = [one["name"] for one in json.loads(found)["clients"]]
    for number, client in enumerate([*clients[:6], *clients[-2:]]):
        said = run("explain", sample, client, "--as-of", AS_OF).stdout
        (out / name / f"explain-{number}.txt").write_bytes(said)


def files(folder: Path) -> dict[str, Path]:
    return {str(p.relative_to(folder)): p for p in folder.rglob("*") if p.is_file()}


def _layout(path: Path) -> str:
    """A page without white space between its tags, in which templates differ and readers do not."""
    text = re.sub(r"\s+", " ", path.read_text(encoding="utf-8"))
    return re.sub(r" ?(<[^>]*>) ?", r"\1", text)


def _markdown(path: Path) -> str:
    """Markdown in which several blank lines are one, as every reader takes them."""
    return re.sub(r"\n{2,}", "\n\n", path.read_text(encoding="utf-8")).strip()


def same(a: Path, b: Path) -> bool:
    if filecmp.cmp(a, b, shallow=False):
        return True
    if a.suffix in (".html", ".svg"):
        return _layout(a) == _layout(b)
    if a.suffix == ".md":
        return _markdown(a) == _markdown(b)
    if a.suffix == ".xlsx":  # the time of writing stands in the archive of the marked copy
        one, two = zipfile.ZipFile(a), zipfile.ZipFile(b)
        parts = [n for n in one.namelist() if n != "docProps/core.xml"]
        return one.namelist() == two.namelist() and all(one.read(n) == two.read(n) for n in parts)
    return False


def compare(before: Path, after: Path) -> int:
    a, b = files(before), files(after)
    differing = [name for name in sorted(a.keys() & b.keys()) if not same(a[name], b[name])]
    print(f"{len(a)} files before, {len(b)} after; {len(differing)} differ")
    for name in sorted(a.keys() ^ b.keys()):
        print("only one has", name)
    for name in differing:
        print("differs", name)
    return bool(differing or a.keys() ^ b.keys())


if __name__ == "__main__":
    if sys.argv[1] == "compare":
        sys.exit(compare(Path(sys.argv[2]), Path(sys.argv[3])))
    target = Path(sys.argv[2])
    target.mkdir(parents=True)
    with ThreadPoolExecutor(2) as pool:
        for _ in pool.map(lambda one: write(target, one), sorted(SAMPLES.glob("*.xlsx"))):
            pass
