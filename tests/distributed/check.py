"""Does the Spark job write the bytes of a single-machine build?

    python check.py IEUM FOLDER

In `local-cluster` mode: a master, two workers and their executors, each a process of its own. The articles are the
samples and made-up ones, of which a third are copies; half of them come as JSON lines, half as Parquet. FOLDER is
emptied and holds what was made.
"""

import csv
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "distributed"))
import job  # noqa: E402

SENTENCES = [
    "{city}와 {school}, {company}는 {day}일 {program} 운영을 위한 업무협약을 맺었다.",
    "{school}는 교육부의 {program}에 선정됐다.",
    "{company}는 내년에 {school} 졸업생 {day}명을 채용하기로 했다.",
    "{city}에 있는 {school}는 {organization}와 함께 {program}에 참여한다.",
    "{organization}는 {city}에서 설명회를 열었다.",
    "학생들은 오전에 이론을 배우고 오후에는 작업장에서 익힌다.",
]
FILES = {"city": "cities", "school": "schools", "company": "companies", "program": "programs", "organization": "organizations"}


def names(kind):
    with open(ROOT / "dictionaries" / f"{FILES[kind]}.csv", encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        return [row["name"] for row in rows][:60]


def made_up(count):
    dice = random.Random(8)
    known = {kind: names(kind) for kind in FILES}
    articles = []
    for number in range(count):
        if number % 3 == 2:
            # Another outlet prints the same.
            articles.append({**articles[number - dice.randrange(1, 3)], "id": f"copy/{number:05}", "outlet": "다른신문"})
            continue
        chosen = {kind: dice.choice(all_names) for kind, all_names in known.items()}
        text = " ".join(dice.choice(SENTENCES).format(day=dice.randrange(2, 28), **chosen) for _ in range(9))
        date = f"2025-{dice.randrange(1, 13):02}-{dice.randrange(1, 29):02}"
        articles.append({"id": f"made/{number:05}", "title": f"{chosen['school']} 소식", "date": date, "outlet": "한신문", "text": text})
    return articles


def run(*command, **options):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, **options)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}\nended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout


def samples(ieum):
    for line in run(ieum, "extract", "tests/articles", cwd=ROOT).splitlines():
        record = json.loads(line)
        yield {"id": record["source"], **{key: record[key] for key in ("title", "published", "outlet", "url", "text")}}


def write_lines(path, articles):
    path.parent.mkdir(exist_ok=True)
    path.write_text("".join(json.dumps(article, ensure_ascii=False) + "\n" for article in articles), encoding="utf-8")


def same(one, two):
    files = sorted(path.name for path in one.iterdir())
    assert files == sorted(path.name for path in two.iterdir()), (files, sorted(two.iterdir()))
    differ = [name for name in files if (one / name).read_bytes() != (two / name).read_bytes()]
    assert not differ, f"{', '.join(differ)} differ in {one} and {two}"
    return len(files)


def environment(ieum, work):
    """This Python everywhere, the program for the driver, and a place for what workers and executors leave behind."""
    path = os.pathsep.join([str(pathlib.Path(sys.executable).parent), str(ieum.parent), os.environ["PATH"]])
    mine = {"PATH": path, "PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1"}
    return {**os.environ, **mine, "SPARK_WORKER_DIR": str(work / "workers"), "SPARK_LOCAL_DIRS": str(work / "local")}


def same_bytes(ieum, work):
    import pyarrow
    from pyarrow import parquet

    # One that cannot be used has its row, too.
    articles = [*samples(ieum), *made_up(600), {"id": "empty", "text": ""}]
    write_lines(work / "all.jsonl", articles)
    run(ieum, "build", work / "all.jsonl", "-o", work / "single")
    write_lines(work / "lines/a.jsonl", articles[0::4])
    # Some come twice, as after a crawl that was taken up again.
    write_lines(work / "lines/b.jsonl", articles[1::4] + articles[0:40:4])
    keys = ["id", "title", "date", "published", "outlet", "url", "text"]
    table = {key: [article.get(key) for article in articles[2::4] + articles[3::4]] for key in keys}
    parquet.write_table(pyarrow.table({**table, "crawled": [1] * len(table["id"])}), work / "articles.parquet")
    run(
        pathlib.Path(sys.executable).with_name("spark-submit"), "--master", "local-cluster[2,1,1024]",
        "--conf", "spark.ui.enabled=false", "--conf", "spark.driver.host=127.0.0.1",
        "--files", ieum,
        ROOT / "distributed/job.py", work / "lines", work / "articles.parquet", "-o", work / "cluster",
        "--ieum", ieum.name, "--partitions", "7", "--fan-in", "2", "--parts", "2",
        cwd=work, env=environment(ieum, work),
    )
    count = same(work / "single", work / "cluster")
    print(f"distributed: {len(articles)} articles, {count} files, the same bytes from two executors as from one process")


def failures(ieum, work):
    """What a task does when something is wrong; without a cluster, since it is the same function."""

    def task(program, options, rows):
        return list(job.extract(str(program), options)(rows))

    def fails(program, options, *says):
        try:
            task(program, options, iter([("a.jsonl", json.dumps({"text": "가" * 500}))] * 500))
        except job.Failed as error:
            assert all(what in str(error) for what in says), error
        else:
            sys.exit("a task that should have failed did not")

    fails(ieum, ["--dictionaries", str(work / "nowhere")], "ieum extract ended with 1", "nowhere")
    liar = work / "liar"
    liar.write_text('#!/bin/sh\nif [ "$1" = fold ]; then exec cat >/dev/null; fi\nhead -c 100 >/dev/null\n')
    liar.chmod(0o755)
    fails(liar, [], "without an answer")
    killed = work / "killed"
    killed.write_text('#!/bin/sh\nif [ "$1" = fold ]; then kill -9 $$; fi\nexec "$IEUM" "$@"\n')
    killed.chmod(0o755)
    os.environ["IEUM"] = str(ieum)
    fails(killed, [], "ieum fold ended with -9")

    def unreadable():
        yield "a.jsonl", json.dumps({"id": "a", "text": "익산시"})
        raise ValueError("a block is gone")

    try:
        task(ieum, [], unreadable())
    except ValueError as error:
        assert "a block is gone" in str(error)
    else:
        sys.exit("what Spark cannot read has to fail the task")

    # Articles without a name are called after file and content, wherever the partition begins.
    rows = [("x.jsonl", '{"text": "익산시"}'), ("x.jsonl", "no JSON"), ("y.jsonl", '{"id": "own", "text": "포항시"}'), ("y.jsonl", "")]
    one = task(ieum, [], iter(rows))
    two = job.fold(str(ieum))(task(ieum, [], iter(rows[:1])) + task(ieum, [], iter(rows[1:])))
    assert one == list(two)
    job.write(str(work), 0, one[0])
    run(ieum, "assemble", work / "000000.part", "-o", work / "named")
    with open(work / "named/articles.csv", encoding="utf-8-sig", newline="") as file:
        found = {row["Article"].split("#")[0]: row["Status"] for row in csv.DictReader(file)}
        file.seek(0)
        rows = list(csv.DictReader(file))
    assert found == {"own": "ok", "x.jsonl": "failed"} or sorted(row["Status"] for row in rows) == ["failed", "ok", "ok"], rows
    assert len(rows) == 3, rows
    print("distributed: a task fails when a program of it does, and says why")


def main():
    ieum, work = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    failures(ieum, work)
    same_bytes(ieum, work)


main()
