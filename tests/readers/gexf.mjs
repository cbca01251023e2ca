// What graphology (the library under Gephi Lite) makes of a GEXF file, as JSON on standard output.
// usage: node gexf.mjs graph.gexf
import { readFileSync } from "node:fs";
import { MultiDirectedGraph } from "graphology";
import gexf from "graphology-gexf";

const graph = gexf.parse(MultiDirectedGraph, readFileSync(process.argv[2], "utf8"), { addMissingNodes: false });
const nodes = graph.mapNodes((id, attributes) => ({ id, attributes }));
const edges = graph.mapEdges((id, attributes, source, target) => ({ id, source, target, attributes }));
console.log(JSON.stringify({ nodes, edges }));
