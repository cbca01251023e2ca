// What Graphviz makes of a DOT file, as its own JSON on standard output.
// usage: node dot.mjs graph.dot
import { readFileSync } from "node:fs";
import { Graphviz } from "@hpcc-js/wasm-graphviz";

const graphviz = await Graphviz.load();
console.log(graphviz.layout(readFileSync(process.argv[2], "utf8"), "dot_json", "nop2"));
