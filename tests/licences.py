"""Does every package that ieum is built of have a licence that deny.toml allows, and come from crates.io?

What `cargo deny check licenses sources` checks too, in a second and without installing it.
"""

import json
import pathlib
import re
import subprocess
import sys
import tomllib

ROOT = pathlib.Path(__file__).resolve().parents[1]
REGISTRY = "registry+https://github.com/rust-lang/crates.io-index"


def allowed(expression, allow):
    """Whether an SPDX expression can be met with the licences that are allowed."""
    # An older way to write OR.
    words = re.findall(r"[()]|[^()\s]+", expression.replace("/", " OR "))

    def either():
        met = both()
        while words and words[0] == "OR":
            words.pop(0)
            met = both() or met
        return met

    def both():
        met = one()
        while words and words[0] == "AND":
            words.pop(0)
            met = one() and met
        return met

    def one():
        word = words.pop(0)
        if word == "(":
            met = either()
            assert words.pop(0) == ")", expression
            return met
        if words and words[0] == "WITH":
            words.pop(0)
            word = f"{word} WITH {words.pop(0)}"
        return word in allow

    met = either()
    assert not words, expression
    return met


def main():
    rules = tomllib.loads((ROOT / "deny.toml").read_text())
    allow = set(rules["licenses"]["allow"])
    assert allowed("(MIT OR GPL-3.0) AND Zlib", {"MIT", "Zlib"}) and not allowed("MIT AND GPL-3.0", {"MIT"})
    command = ["cargo", "metadata", "--format-version", "1", "--locked"]
    packages = json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout)["packages"]
    wrong = []
    for package in packages:
        name = f"{package['name']} {package['version']}"
        if not package["license"] or not allowed(package["license"], allow):
            wrong.append(f"{name}: {package['license']}")
        if package["source"] not in (REGISTRY, None):
            wrong.append(f"{name}: comes from {package['source']}")
    unused = [licence for licence in allow if not any(licence in (package["license"] or "") for package in packages)]
    wrong += [f"deny.toml allows {licence}, which nothing has" for licence in unused]
    if wrong:
        sys.exit("\n".join(wrong))
    print(f"licences: {len(packages)} packages, all of them as deny.toml allows")


main()
