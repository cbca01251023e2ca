#!/usr/bin/env python3
"""Time and memory as the articles become more:  python3 benches/growth.py target/release/ieum FOLDER [SIZE…]

A row for each size, and one where half of the articles are copies: microseconds of processor time an article (on one thread: `--threads 1`)
and the peak of memory, for extract, fold and build (graph.sqlite only, and all files); and what the graph holds.
FOLDER keeps the articles between runs; it takes 5 KB an article.
"""

import os
import pathlib
import shutil
import sqlite3
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]


def measure(command, out):
    """Seconds of processor time, and MB at the peak."""
    with open(out, "wb") as file:
        child = subprocess.Popen([*map(str, command), "--threads", "1"], stdout=file, stderr=subprocess.DEVNULL)
        _, status, used = os.wait4(child.pid, 0)
    if status != 0:
        sys.exit(f"{command} ended with {status}")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def row(ieum, folder, size, copies):
    articles = folder / f"{size}{copies}.jsonl"
    if not articles.exists():
        draft = folder / "draft"
        with open(draft, "wb") as file:
            subprocess.run(["cargo", "run", "--quiet", "--example", "articles", "--", str(size), copies], cwd=ROOT, stdout=file, check=True)
        draft.rename(articles)
    part, output = folder / "part", folder / "output"
    shutil.rmtree(output, ignore_errors=True)
    cells = []
    extract = [ieum, "extract", articles]
    fold = ["bash", "-c", '"$0" extract "$1" --threads 1 | "$0" fold - "${@:2}"', ieum, articles]
    sqlite = [ieum, "build", articles, "-o", output, "--formats", "sqlite"]
    commands = [(extract, os.devnull), (fold, part), (sqlite, os.devnull)]
    if size <= 100_000:
        commands.append(([ieum, "build", articles, "-o", output], os.devnull))
    for command, out in commands:
        seconds, megabytes = measure(command, out)
        cells.append(f"{seconds * 1e6 / size:.0f} µs, {megabytes:.0f} MB")
    if len(commands) == 3:
        cells.append("")
    cells.append(f"{part.stat().st_size / size:.0f} B")
    graph = sqlite3.connect(output / "graph.sqlite")
    meta = dict(graph.execute("SELECT key, value FROM meta"))
    cells += [f"{int(meta[key]):,}" for key in ("stories", "nodes", "edges", "sentences")]
    graph.close()
    part.unlink()
    print(f"| {size:,}{', half copies' if copies else ''} | {' | '.join(cells)} |", flush=True)


def main():
    ieum, folder = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    print("| articles | extract | extract \\| fold | build, sqlite | build, all files | folded, an article | stories | nodes | edges | sentences |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    for size in map(int, sys.argv[3:] or ["1000", "10000", "100000"]):
        for copies in ("", "copies"):
            row(ieum, folder, size, copies)


main()
