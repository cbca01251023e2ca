"""Do other people's readers see the same graph in every file that `ieum build` wrote?

usage: check.py OUTPUT GRAPHML_MJS

networkx and graphology read graph.graphml, csv reads nodes.csv and edges.csv, sqlite3 reads graph.sqlite. All four
have to see the same nodes and the same edges, with the same values of the same types.
"""

import csv
import json
import pathlib
import re
import sqlite3
import subprocess
import sys

import networkx

NODE = {"label": str, "kind": str, "known": bool, "names": str, "city": str, "parent": str, "mentions": int,
        "stories": int, "articles": int, "first_seen": str, "last_seen": str, "degree": int, "weighted_degree": float,
        "page_rank": float, "betweenness": float, "component": int, "community": int, "core": int}
EDGE = {"label": str, "kind": str, "weight": float, "status": str, "stories": int, "articles": int,
        "first_seen": str, "last_seen": str}
# Attributes for Gephi's eyes only: they stand in GraphML alone.
LOOKS = {"color": str, "size": float, "x": float, "y": float, "evidence": str}


def typed(attributes, types, where):
    """The attributes that are there, each of its type; absent, null and empty are the same."""
    kept = {}
    for name, value in attributes.items():
        expected = types.get(name) or LOOKS.get(name)
        assert expected, f"{where}: nobody knows the attribute {name}"
        if value is None or value == "":
            continue
        if expected is float and type(value) is int:  # JavaScript has one kind of number
            value = float(value)
        assert type(value) is expected, f"{where}: {name} is {value!r}, which is no {expected.__name__}"
        if name in types:
            kept[name] = value
    return kept


def from_networkx(path):
    graph = networkx.read_graphml(path, force_multigraph=True)
    assert graph.is_directed()
    nodes = {node: typed(data, NODE, f"networkx, {node}") for node, data in graph.nodes(data=True)}
    # networkx takes the XML id of an edge for its key.
    edges = [(source, target, typed({k: v for k, v in data.items() if k != "id"}, EDGE, f"networkx, {source}"))
             for source, target, data in graph.edges(data=True)]
    return nodes, edges


def from_graphology(path, script):
    said = subprocess.run(["node", script, path], check=True, capture_output=True, text=True).stdout
    graph = json.loads(said)
    nodes = {node["id"]: typed(node["attributes"], NODE, f"graphology, {node['id']}") for node in graph["nodes"]}
    edges = [(edge["source"], edge["target"], typed(edge["attributes"], EDGE, f"graphology, {edge['id']}"))
             for edge in graph["edges"]]
    assert len({edge["id"] for edge in graph["edges"]}) == len(edges), "an edge id comes twice"
    return nodes, edges


def from_csv(folder):
    def rows(name):
        path = folder / name
        assert path.read_bytes().startswith(b"\xef\xbb\xbf"), f"{name} has no BOM: Excel would garble it"
        with open(path, encoding="utf-8-sig", newline="") as file:
            yield from csv.DictReader(file, strict=True)

    def cells(row, types, where):
        attributes = {}
        for name, kind in types.items():
            column = "".join(part.capitalize() for part in name.split("_"))
            text = row[column]
            # A spreadsheet would run it as a formula: the quote before it is not part of the value.
            text = text[1:] if text[:1] == "'" and text[1:2] in ("=", "+", "-", "@") else text
            if text:
                attributes[name] = {"true": True, "false": False}[text] if kind is bool else kind(text)
        return typed(attributes, types, where)

    nodes = {row["Id"]: cells(row, NODE, row["Id"]) for row in rows("nodes.csv")}
    edges = []
    for row in rows("edges.csv"):
        assert row["Type"] in ("Directed", "Undirected"), row
        assert row["SourceLabel"] == nodes[row["Source"]]["label"], row
        assert row["TargetLabel"] == nodes[row["Target"]]["label"], row
        edges.append((row["Source"], row["Target"], cells(row, EDGE, f"edges.csv, {row['Source']}")))
    return nodes, edges


def from_sqlite(path):
    base = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    base.row_factory = sqlite3.Row
    assert base.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    # The forms of the texts stand in a table of their own; `known` is 0 or 1.
    types = {name: kind for name, kind in NODE.items() if name not in ("names", "known")}
    nodes = {}
    for row in base.execute("SELECT * FROM nodes"):
        attributes = typed({name: row[name] for name in types}, types, f"graph.sqlite, {row['id']}")
        nodes[row["id"]] = attributes | {"known": bool(row["known"])}
    edges = [(row["source"], row["target"], typed({name: row[name] for name in EDGE}, EDGE, "graph.sqlite"))
             for row in base.execute("SELECT * FROM edge_list")]
    meta = dict(base.execute("SELECT key, value FROM meta"))
    assert (int(meta["nodes"]), int(meta["edges"])) == (len(nodes), len(edges)), meta
    return nodes, edges


def measures_agree(nodes, edges):
    """networkx, which measures the same graph in other ways, comes to the same numbers."""
    many = networkx.MultiGraph()
    many.add_nodes_from(nodes)
    many.add_weighted_edges_from((source, target, data["weight"]) for source, target, data in edges)
    graph = networkx.Graph()
    graph.add_nodes_from(nodes)
    for source, target, weight in many.edges(data="weight"):
        before = graph.get_edge_data(source, target, {"weight": 0.0})["weight"]
        graph.add_edge(source, target, weight=before + weight)
    expected = {
        "degree": dict(many.degree()),
        "weighted_degree": dict(many.degree(weight="weight")),
        "page_rank": networkx.pagerank(graph, tol=1e-12, max_iter=500),
        "betweenness": networkx.betweenness_centrality(graph),
        "core": networkx.core_number(graph),
    }
    for name, values in expected.items():
        for node, value in values.items():
            assert abs(nodes[node][name] - value) < 1e-6, f"{name} of {node}: {nodes[node][name]}, networkx has {value}"

    def groups(name):
        found = {}
        for node, data in nodes.items():
            found.setdefault(data[name], set()).add(node)
        sizes = [len(found[number]) for number in range(1, len(found) + 1)]
        assert sizes == sorted(sizes, reverse=True), f"{name}: 1 is not the largest"
        return list(found.values())

    as_sets = lambda parts: {frozenset(part) for part in parts}
    assert as_sets(groups("component")) == as_sets(networkx.connected_components(graph))
    modularity = lambda parts: networkx.community.modularity(graph, parts, weight="weight")
    theirs = [modularity(networkx.community.louvain_communities(graph, seed=seed)) for seed in range(5)]
    ours = modularity(groups("community"))
    assert ours > min(theirs) - 0.01, f"modularity {ours}, networkx finds {theirs}"


def in_order(edges):
    key = lambda edge: (edge[0], edge[2]["kind"], edge[1])
    edges = sorted(edges, key=key)
    assert len({key(edge) for edge in edges}) == len(edges), "an edge comes twice"
    return edges


def on_one_line(attributes):
    """As a cell of our CSV has them: control characters part words."""
    flat = lambda text: " ".join(part for part in re.split(r"[\x00-\x1f\x7f-\x9f]", text) if part)
    return {name: flat(value) if isinstance(value, str) else value for name, value in attributes.items()}


def compare(what, seen, expected):
    """Both sides agree on the attributes that both have a column for."""
    assert seen.keys() == expected.keys(), f"{what}: {sorted(seen.keys() ^ expected.keys())[:5]}"
    for key, attributes in seen.items():
        assert attributes == expected[key], f"{what}, {key}:\n  {attributes}\n  {expected[key]}"


def main():
    folder, script = pathlib.Path(sys.argv[1]), sys.argv[2]
    graphml = str(folder / "graph.graphml")
    nodes, edges = from_networkx(graphml)
    edges = in_order(edges)
    assert nodes and edges
    measures_agree(nodes, edges)
    others = {
        "graphology": from_graphology(graphml, script),
        "csv": from_csv(folder),
        "sqlite3": from_sqlite(folder / "graph.sqlite"),
    }
    for name, (their_nodes, their_edges) in others.items():
        ours = nodes
        if name == "sqlite3":
            ours = {node: {k: v for k, v in data.items() if k != "names"} for node, data in nodes.items()}
        if name == "csv":
            ours = {node: on_one_line(data) for node, data in nodes.items()}
        compare(f"{name}, nodes", their_nodes, ours)
        keyed = lambda edges: {(s, data["kind"], t): data for s, t, data in in_order(edges)}
        compare(f"{name}, edges", keyed(their_edges), keyed(edges))
    print(f"networkx, graphology, csv and sqlite3 agree on {len(nodes)} nodes and {len(edges)} edges")


if __name__ == "__main__":
    main()
