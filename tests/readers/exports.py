"""Do other people's readers see in every format of `ieum export` what stands in graph.sqlite?

usage: exports.py OUTPUT EXPORTS SCRIPTS

OUTPUT is what `ieum build` wrote, EXPORTS holds the files of `ieum export` under their usual names, SCRIPTS the
scripts for Node with their packages. igraph, networkx and graphology read GraphML, GEXF and JSON; openpyxl the workbook;
DuckDB the tables; rdflib Turtle and JSON-LD; Graphviz DOT. Each has to see the same nodes, edges, labels, kinds and weights.
"""

import collections
import csv
import datetime
import json
import pathlib
import subprocess
import sys

import duckdb
import igraph
import networkx
import openpyxl
import rdflib

from check import from_sqlite


def keyed(edges):
    found = {(source, data["kind"], target): (data["label"], data["weight"]) for source, target, data in edges}
    assert len(found) == len(edges), "an edge comes twice"
    return found


def networkx_gexf(path):
    graph = networkx.read_gexf(path, version="1.3")
    assert graph.is_directed()
    nodes = {node: (data["label"], data["type"], data["stories"], data["page_rank"])
             for node, data in graph.nodes(data=True)}
    edges = {(source, data["relation"], target): (data["label"], data["weight"])
             for source, target, data in graph.edges(data=True)}
    return nodes, edges


def graphology_gexf(path, scripts):
    said = subprocess.run(["node", scripts / "gexf.mjs", path], check=True, capture_output=True, text=True).stdout
    graph = json.loads(said)
    nodes = {}
    for node in graph["nodes"]:
        data = node["attributes"]
        assert data["color"] and data["size"] > 0 and "x" in data and "y" in data, node
        nodes[node["id"]] = (data["label"], data["type"], data["stories"], data["page_rank"])
    edges = {(edge["source"], edge["attributes"]["relation"], edge["target"]):
             (edge["attributes"]["label"], edge["attributes"]["weight"]) for edge in graph["edges"]}
    return nodes, edges


def networkx_json(path):
    with open(path, encoding="utf-8") as file:
        graph = networkx.node_link_graph(json.load(file))
    nodes = {node: (data["label"], data["kind"], data["stories"], data["page_rank"])
             for node, data in graph.nodes(data=True)}
    edges = {(source, key, target): (data["label"], data["weight"])
             for source, target, key, data in graph.edges(keys=True, data=True)}
    return nodes, edges


def igraph_graphml(path):
    graph = igraph.Graph.Read_GraphML(str(path))
    assert graph.is_directed()
    # igraph gives `&amp;` in an XML attribute as `&#38;` (and reads data right).
    named = lambda node: node["id"].replace("&#38;", "&")
    nodes = {named(node): (node["label"], node["kind"], int(node["stories"]), node["page_rank"]) for node in graph.vs}
    edges = {(named(graph.vs[edge.source]), edge["kind"], named(graph.vs[edge.target])): (edge["label"], edge["weight"])
             for edge in graph.es}
    return nodes, edges


def openpyxl_xlsx(path):
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["요약", "이름", "관계", "협약", "근거", "기사"], book.sheetnames
    for sheet in book:
        assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref, sheet.title
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f", f"{sheet.title}: {cell.coordinate} is a formula"
    rows = lambda name: list(book[name].iter_rows(min_row=2, values_only=True))
    days = [cell for row in rows("이름") for cell in row[10:12] if cell is not None]
    assert days and all(isinstance(day, datetime.datetime) for day in days)
    nodes = {row[0]: (row[1], row[2], row[8], row[14]) for row in rows("이름")}
    edges = {(row[9], row[10], row[11]): (row[1], row[3]) for row in rows("관계")}
    return nodes, edges


def neo4j(folder):
    with open(folder / "nodes.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, strict=True))
    nodes = {row["id:ID(Entity)"]: (row["label"], row[":LABEL"].lower(), int(row["stories:int"]),
                                   float(row["page_rank:double"])) for row in rows}
    with open(folder / "relationships.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, strict=True))
    edges = {(row[":START_ID(Entity)"], row[":TYPE"].lower(), row[":END_ID(Entity)"]):
             (row["label"], float(row["weight:double"])) for row in rows}
    return nodes, edges


def unquoted(text):
    """The cell without the quote that keeps a spreadsheet from running it."""
    return text[1:] if text[:1] == "'" and text[1:2] in ("=", "+", "-", "@") else text


def duckdb_csv(folder):
    """All columns as DuckDB guesses them: a column of numbers that is none would be text here."""
    read = lambda name, columns: duckdb.sql(
        f"SELECT {columns} FROM read_csv('{folder / name}', header = true, sample_size = -1)").fetchall()
    nodes = {row[0]: (unquoted(row[1]), row[2], row[3], row[4]) for row in read("nodes.csv", "Id, Label, Kind, Stories, PageRank")}
    edges = {(row[0], row[1], row[2]): (row[3], row[4]) for row in read("edges.csv", "Source, Kind, Target, Label, Weight")}
    return nodes, edges


def rdflib_of(path, kind):
    graph = rdflib.Graph().parse(path, format=kind)
    schema = rdflib.Namespace("https://schema.org/")
    ieum = rdflib.Namespace("urn:ieum:vocabulary:")
    ids = {}
    nodes = {}
    for subject, kind in graph.subject_objects(ieum.kind):
        ids[subject] = str(graph.value(subject, schema.identifier))
        label = graph.value(subject, schema.name)
        assert label.language == "ko"
        nodes[ids[subject]] = (str(label), str(kind), graph.value(subject, ieum.stories).toPython(),
                               float(graph.value(subject, ieum.pageRank).toPython()))
    edges = {}
    prov = rdflib.Namespace("http://www.w3.org/ns/prov#")
    for statement in graph.subjects(rdflib.RDF.type, rdflib.RDF.Statement):
        part = lambda word: graph.value(statement, word)
        triple = (part(rdflib.RDF.subject), part(rdflib.RDF.predicate), part(rdflib.RDF.object))
        assert triple in graph, triple
        for sentence in graph.objects(statement, prov.wasDerivedFrom):
            assert (sentence, rdflib.RDF.type, prov.Entity) in graph, sentence
        kind = str(triple[1]).removeprefix(str(ieum))
        edges[ids[triple[0]], kind, ids[triple[2]]] = (str(part(schema.name)), float(part(ieum.weight).toPython()))
    return nodes, edges


def graphviz_dot(path, scripts):
    said = subprocess.run(["node", scripts / "dot.mjs", path], check=True, capture_output=True, text=True).stdout
    graph = json.loads(said)
    text = lambda label: label.replace("\\\\", "\\").replace("&amp;", "&")
    objects = {node["_gvid"]: (text(node["tooltip"]), text(node["label"]), node["class"]) for node in graph["objects"]}
    edges = collections.Counter((objects[edge["tail"]][0], edge["class"], objects[edge["head"]][0], edge["label"])
                                for edge in graph["edges"])
    return {node: (label, kind) for node, label, kind in objects.values()}, edges


def same(what, seen, expected):
    assert seen.keys() == expected.keys(), f"{what}: {sorted(seen.keys() ^ expected.keys())[:5]}"
    for key, values in expected.items():
        for mine, theirs in zip(values, seen[key]):
            equal = abs(mine - theirs) < 1e-8 if isinstance(mine, (int, float)) else mine == theirs
            assert equal, f"{what}, {key}: {seen[key]}, not {values}"


def main():
    output, exports, scripts = map(pathlib.Path, sys.argv[1:])
    nodes, edges = from_sqlite(output / "graph.sqlite")
    nodes = {node: (data["label"], data["kind"], data["stories"], data["page_rank"]) for node, data in nodes.items()}
    edges = keyed(edges)
    assert nodes and edges
    readers = {
        "networkx, GEXF": networkx_gexf(output / "graph.gexf"),
        "graphology, GEXF": graphology_gexf(output / "graph.gexf", scripts),
        "networkx, JSON": networkx_json(exports / "graph.json"),
        "igraph, GraphML": igraph_graphml(output / "graph.graphml"),
        "openpyxl, XLSX": openpyxl_xlsx(exports / "graph.xlsx"),
        "csv, Neo4j": neo4j(exports / "neo4j"),
        "DuckDB, CSV": duckdb_csv(output),
        "rdflib, Turtle": rdflib_of(exports / "graph.ttl", "turtle"),
        "rdflib, JSON-LD": rdflib_of(exports / "graph.jsonld", "json-ld"),
    }
    for name, (their_nodes, their_edges) in readers.items():
        same(f"{name}, nodes", their_nodes, nodes)
        same(f"{name}, edges", their_edges, edges)
    drawn, lines = graphviz_dot(exports / "graph.dot", scripts)
    same("Graphviz, nodes", drawn, {node: data[:2] for node, data in nodes.items()})
    expected = collections.Counter((s, kind, t, label) for (s, kind, t), (label, _) in edges.items())
    assert lines == expected, "Graphviz sees other edges"
    print(f"{', '.join(readers)} and Graphviz agree on {len(nodes)} nodes and {len(edges)} edges")


if __name__ == "__main__":
    main()
