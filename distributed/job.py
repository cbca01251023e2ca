#!/usr/bin/env python3
"""One graph of many articles, on a Spark cluster: the same bytes as `ieum build` gives on one machine.

    spark-submit --files /usr/local/bin/ieum distributed/job.py articles.jsonl more.parquet -o output

1. Executors: every partition of articles goes through `ieum extract -` and its records through `ieum fold -`, which
   keeps what a graph needs of them (edges, reports of agreements, samples that find copies, evidence) in about
   a tenth of the space.
2. Executors: partials are folded into one another, --fan-in at a time, until no more than --parts are left.
   Folding is associative and commutative and counts a record that comes twice once, so a task that Spark runs
   again or twice changes nothing.
3. Driver: `ieum assemble` makes the output folder of the partials that are left.

docs/distributed.md says how to run it on a cluster and what it costs.
"""

import argparse
import collections
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading

# A partial travels as one value, of which Spark takes no more than 2 GB: folding ends before.
LARGEST = 1 << 29


class Failed(Exception):
    """A program did not end well; what it said last is in the message."""


def find(ieum):
    """The program on this machine: where --ieum says, or where Spark's --files put it."""
    if os.path.sep in ieum and os.path.exists(ieum):
        return ieum
    from pyspark import SparkFiles

    shipped = SparkFiles.get(os.path.basename(ieum))
    if os.path.exists(shipped):
        # --files does not keep the right to be executed.
        os.chmod(shipped, 0o755)
        return shipped
    found = shutil.which(ieum)
    if found is None:
        raise Failed(f"there is no {ieum} on this machine: ship it with --files, or name its place with --ieum")
    return found


def last_words(file):
    file.seek(0)
    return file.read().decode("utf-8", "replace").strip()[-2000:]


def extract(ieum, options):
    """A function that makes one partial of a partition of articles: (file, line) pairs."""

    def run(rows):
        rows = iter(rows)
        first = next(rows, None)
        if first is None:
            return
        program = find(ieum)
        # What every line that went in is called, should it bring no name of its own, in order.
        names = collections.deque()
        broken = []
        with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as folded_said, tempfile.TemporaryFile() as out:
            extractor = subprocess.Popen(
                [program, "extract", "-", "--threads", "1", *options],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said,
            )
            folder = subprocess.Popen(
                [program, "fold", "-", "--threads", "1"],
                stdin=subprocess.PIPE, stdout=out, stderr=folded_said,
            )

            def feed():
                try:
                    row = first
                    with extractor.stdin as pipe:
                        while row is not None:
                            file, line = row
                            line = line.lstrip("\ufeff").encode()
                            if line.strip():
                                names.append((file, line))
                                pipe.write(line.replace(b"\n", b" ") + b"\n")
                            row = next(rows, None)
                except BrokenPipeError:
                    pass  # Its exit status says why.
                except BaseException as error:  # What Spark could not read: this task's failure.
                    broken.append(error)

            feeder = threading.Thread(target=feed, daemon=True)
            feeder.start()
            try:
                with folder.stdin as pipe:
                    for record in extractor.stdout:
                        pipe.write(named(record, *names.popleft()))
            except BrokenPipeError:
                extractor.kill()
            feeder.join()
            ended, folded = extractor.wait(), folder.wait()
            if broken:
                raise broken[0]
            if folded != 0:
                raise Failed(f"ieum fold ended with {folded}: {last_words(folded_said)}")
            if ended != 0:
                raise Failed(f"ieum extract ended with {ended}: {last_words(said)}")
            if names:
                raise Failed(f"ieum extract left {len(names)} articles without an answer")
            out.seek(0)
            yield out.read()

    return run


def named(record, file, line):
    """The record, named after its file and content where it was only numbered: numbers depend on the partition."""
    if not record.startswith(b'{"source":"-#'):
        return record
    end = record.index(b'"', len(b'{"source":"'))
    name = f"{file}#{hashlib.blake2b(line, digest_size=8).hexdigest()}"
    return b'{"source":' + json.dumps(name, ensure_ascii=False).encode() + record[end + 1 :]


def fold(ieum):
    """A function that makes one partial of several."""

    def run(partials):
        with tempfile.TemporaryDirectory(prefix="ieum-fold-") as place:
            files = [write(place, number, partial) for number, partial in enumerate(partials)]
            if not files:
                return
            made = subprocess.run([find(ieum), "fold", "--threads", "1", *files], capture_output=True)
            if made.returncode != 0:
                raise Failed(f"ieum fold ended with {made.returncode}: {made.stderr.decode('utf-8', 'replace')}")
            yield made.stdout

    return run


def write(place, number, partial):
    path = os.path.join(place, f"{number:06}.part")
    with open(path, "wb") as file:
        file.write(partial)
    return path


def count(partials):
    """How many partials there are, and how many bytes they are together."""
    return partials.map(lambda partial: (1, len(partial))).fold((0, 0), lambda a, b: (a[0] + b[0], a[1] + b[1]))


def articles(spark, paths):
    """All articles as (file, JSON line)."""
    from pyspark.sql import functions as f

    whole = None
    for path in paths:
        if path.rstrip("/").endswith(".parquet"):
            table = spark.read.parquet(path)
            # ieum knows its columns by their names, and takes no notice of others.
            fields = [f.col(f"`{name}`").cast("string").alias(name) for name in table.columns]
            lines = table.select(f.lit(os.path.basename(path.rstrip("/"))).alias("file"), f.to_json(f.struct(*fields)).alias("line"))
        else:
            lines = spark.read.text(path).select(f.col("_metadata.file_name").alias("file"), f.col("value").alias("line"))
        whole = lines if whole is None else whole.union(lines)
    return whole


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", nargs="+", help="JSON lines (also folders, patterns, .gz), or .parquet; anything Spark reads")
    parser.add_argument("-o", "--output", default="output", help="the folder to write, on the driver [output]")
    parser.add_argument("--ieum", default="ieum", help="the program: a path on every machine, or a name shipped with --files [ieum]")
    parser.add_argument("--dictionaries", help="a folder of dictionaries, under this path on every machine")
    parser.add_argument("--formats", help="write only these: graphml,csv,sqlite … [all]")
    parser.add_argument("--partitions", type=int, help="how many tasks extract [as Spark splits the input]")
    parser.add_argument("--fan-in", type=int, default=16, help="how many partials a task folds into one [16]")
    parser.add_argument("--parts", type=int, default=8, help="how many partials may be left for the driver [8]")
    asked = parser.parse_args()
    if asked.fan_in < 2 or asked.parts < 1:
        parser.error("--fan-in is at least 2, --parts at least 1")
    dictionaries = ["--dictionaries", asked.dictionaries] if asked.dictionaries else []

    from pyspark import StorageLevel
    from pyspark.sql import SparkSession

    spark = SparkSession.builder.appName("ieum").getOrCreate()
    lines = articles(spark, asked.articles)
    if asked.partitions:
        lines = lines.repartition(asked.partitions)
    partials = lines.rdd.map(tuple).mapPartitions(extract(asked.ieum, dictionaries))
    # Extracting is the expensive part: it is done once, whatever comes after.
    partials = partials.persist(StorageLevel.DISK_ONLY)
    left, size = count(partials)
    while left > (least := max(asked.parts, -(-size // LARGEST))):
        groups = max(least, -(-left // asked.fan_in))
        # By number, so that each task gets as many as the next one.
        numbered = partials.zipWithIndex().map(lambda pair: (pair[1], pair[0]))
        spread = numbered.partitionBy(groups, lambda number: number).values()
        folded = spread.mapPartitions(fold(asked.ieum)).persist(StorageLevel.DISK_ONLY)
        left, size = count(folded)
        partials.unpersist()
        partials = folded

    with tempfile.TemporaryDirectory(prefix="ieum-parts-") as place:
        # One at a time: the driver holds no more than one of them.
        files = [write(place, number, partial) for number, partial in enumerate(partials.toLocalIterator())]
        spark.stop()
        if not files:
            raise SystemExit("there is no article in what was given")
        formats = ["--formats", asked.formats] if asked.formats else []
        command = [find_here(asked.ieum), "assemble", *files, "-o", asked.output, *dictionaries, *formats]
        sys.exit(subprocess.run(command).returncode)


def find_here(ieum):
    found = shutil.which(ieum)
    if found is None and os.path.exists(os.path.basename(ieum)):
        found = os.path.abspath(os.path.basename(ieum))
    if found is None:
        raise SystemExit(f"there is no {ieum} on the driver: name its place with --ieum")
    return found


if __name__ == "__main__":
    main()
