"use strict";
// The graph to look at. All text goes into the page as text; nothing is fetched and nothing is kept.

const $ = (id) => document.getElementById(id);
const { types, relations, nodes, edges, articles, sentences } = JSON.parse($("data").textContent);
const canvas = $("map");
// Thousands of thin lines are drawn quicker without a graphics card, and just as quickly on machines that have none.
const pen = canvas.getContext("2d", { alpha: false, willReadFrequently: true });

// Heavy edges first: they are drawn while the picture moves.
const byWeight = edges.map((_, number) => number).sort((a, b) => edges[b].w - edges[a].w || a - b);
const bySize = nodes.map((_, number) => number).sort((a, b) => nodes[b].s - nodes[a].s || a - b);
const edgesOf = nodes.map(() => []);
edges.forEach((edge, number) => { edgesOf[edge.a].push(number); edgesOf[edge.b].push(number); });

const view = { x: 0, y: 0, zoom: 1, width: 1, height: 1, ratio: 1 };
const off = { types: new Set(), relations: new Set(), from: "", to: "" };
const shownNodes = new Uint8Array(nodes.length);
const shownEdges = new Uint8Array(edges.length);
const chosen = { node: -1, edge: -1 };
let theme = {};

// ---- What is shown -------------------------------------------------------------------------------------------------

/** Does the time from `first` to `last` touch the wanted one? What has no day always does. */
function inTime(first, last) {
  if (!first || !off.from) return true;
  return first.slice(0, 7) <= off.to && (last || first).slice(0, 7) >= off.from;
}

function sift() {
  let [nodeCount, edgeCount] = [0, 0];
  nodes.forEach((node, i) => {
    shownNodes[i] = !off.types.has(node.t) && inTime(node.f, node.z) ? 1 : 0;
    nodeCount += shownNodes[i];
  });
  edges.forEach((edge, i) => {
    const wanted = !off.relations.has(edge.r) && inTime(edge.f, edge.z);
    shownEdges[i] = wanted && shownNodes[edge.a] && shownNodes[edge.b] ? 1 : 0;
    edgeCount += shownEdges[i];
  });
  const number = (n) => n.toLocaleString("ko");
  $("count").textContent = `이름 ${number(nodeCount)}개 · 관계 ${number(edgeCount)}개`;
  draw();
}

// ---- The picture ---------------------------------------------------------------------------------------------------

const toScreen = (node) => [
  (node.x - view.x) * view.zoom + view.width / 2,
  (node.y - view.y) * view.zoom + view.height / 2,
];
const radius = (node) => Math.max(2, (node.s / 2) * Math.min(view.zoom, 2.5));
let waiting = 0;
let moving = false;
let rest = 0;

/** Draws at the next chance; everything when nothing has moved for a moment. */
function draw(inMotion = false) {
  moving = inMotion;
  if (inMotion) {
    clearTimeout(rest);
    rest = setTimeout(() => draw(), 140);
  }
  if (!waiting) waiting = requestAnimationFrame(() => { waiting = 0; paint(); });
}

function paint() {
  const { ratio, width, height } = view;
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.fillStyle = theme.paper;
  pen.fillRect(0, 0, width, height);
  const places = nodes.map(toScreen);
  const near = nearChosen();
  paintEdges(places, near);
  for (let at = nodes.length - 1; at >= 0; at -= 1) {
    const i = bySize[at];
    const [x, y] = places[i];
    const r = radius(nodes[i]);
    if (!shownNodes[i] || x < -r || y < -r || x > width + r || y > height + r) continue;
    pen.globalAlpha = near && !near.has(i) ? 0.2 : 1;
    pen.fillStyle = types[nodes[i].t].color;
    pen.beginPath();
    pen.arc(x, y, r, 0, 2 * Math.PI);
    pen.fill();
    pen.lineWidth = i === chosen.node ? 3 : 0.6;
    pen.strokeStyle = i === chosen.node ? theme.strong : theme.paper;
    if (i === chosen.node || r > 4) pen.stroke();
  }
  pen.globalAlpha = 1;
  paintLabels(places, near);
}

/** The nodes around what is chosen, or nothing when nothing is. */
function nearChosen() {
  if (chosen.edge >= 0) return new Set([edges[chosen.edge].a, edges[chosen.edge].b]);
  if (chosen.node < 0) return null;
  const near = new Set([chosen.node]);
  for (const e of edgesOf[chosen.node]) {
    if (shownEdges[e]) near.add(edges[e].a).add(edges[e].b);
  }
  return near;
}

function paintEdges(places, near) {
  const { width, height } = view;
  const line = (e) => {
    const [ax, ay] = places[edges[e].a];
    const [bx, by] = places[edges[e].b];
    if ((ax < 0 && bx < 0) || (ay < 0 && by < 0) || (ax > width && bx > width) || (ay > height && by > height)) return 0;
    pen.moveTo(ax, ay);
    pen.lineTo(bx, by);
    return 1;
  };
  pen.strokeStyle = theme.edge;
  pen.lineWidth = 1;
  pen.globalAlpha = near ? 0.08 : edges.length > 5000 ? 0.18 : 0.35;
  let left = moving ? 4000 : edges.length;
  let inPath = 0;
  pen.beginPath();
  for (const e of byWeight) {
    if (!shownEdges[e] || left <= 0) continue;
    const drawn = line(e);
    left -= drawn;
    inPath += drawn;
    if (inPath === 200) { // Long paths with transparency are slow.
      pen.stroke();
      pen.beginPath();
      inPath = 0;
    }
  }
  pen.stroke();
  if (!near) return;
  pen.strokeStyle = theme.strong;
  pen.globalAlpha = 0.7;
  for (const e of chosen.edge >= 0 ? [chosen.edge] : edgesOf[chosen.node]) {
    if (!shownEdges[e]) continue;
    pen.lineWidth = Math.min(6, 0.8 + Math.sqrt(edges[e].w));
    pen.beginPath();
    line(e);
    pen.stroke();
  }
}

const widths = new Map();

function paintLabels(places, near) {
  const { width, height } = view;
  pen.font = `13px ${theme.font}`;
  pen.textAlign = "center";
  pen.textBaseline = "top";
  pen.lineJoin = "round";
  const taken = [];
  let looked = 0;
  const order = near ? [...near].sort((a, b) => nodes[b].s - nodes[a].s) : bySize;
  for (const i of order) {
    const [x, y] = places[i];
    if (!shownNodes[i] || x < 0 || y < 0 || x > width || y > height) continue;
    looked += 1;
    if (taken.length >= 160 || looked > 1200) break;
    const text = short(nodes[i].l);
    if (!widths.has(text)) widths.set(text, pen.measureText(text).width);
    const half = widths.get(text) / 2 + 2;
    const top = y + radius(nodes[i]) + 1;
    const box = [x - half, top, x + half, top + 17];
    if (i !== chosen.node && taken.some((t) => box[0] < t[2] && t[0] < box[2] && box[1] < t[3] && t[1] < box[3])) continue;
    taken.push(box);
    pen.lineWidth = 3;
    pen.strokeStyle = theme.paper;
    pen.strokeText(text, x, top + 2);
    pen.fillStyle = theme.ink;
    pen.fillText(text, x, top + 2);
  }
}

const short = (text) => (text.length > 24 ? `${text.slice(0, 23)}…` : text);

/** Shows all of these nodes. */
function fit(which) {
  const [xs, ys] = [which.map((i) => nodes[i].x), which.map((i) => nodes[i].y)];
  if (!which.length) return;
  const bounds = (values) => values.reduce(([a, b], v) => [Math.min(a, v), Math.max(b, v)], [Infinity, -Infinity]);
  const [[left, right], [top, bottom]] = [bounds(xs), bounds(ys)];
  view.x = (left + right) / 2;
  view.y = (top + bottom) / 2;
  const room = Math.min(view.width / (right - left + 120), view.height / (bottom - top + 120));
  view.zoom = Math.min(2, Math.max(0.005, room));
  draw();
}

function zoom(factor, x = view.width / 2, y = view.height / 2) {
  const next = Math.min(12, Math.max(0.005, view.zoom * factor));
  // What lies under the pointer stays there.
  view.x += (x - view.width / 2) * (1 / view.zoom - 1 / next);
  view.y += (y - view.height / 2) * (1 / view.zoom - 1 / next);
  view.zoom = next;
  draw(true);
}

function resize() {
  view.ratio = Math.min(2, window.devicePixelRatio || 1);
  [view.width, view.height] = [canvas.clientWidth, canvas.clientHeight];
  [canvas.width, canvas.height] = [view.width * view.ratio, view.height * view.ratio];
  draw();
}

function dress() {
  const style = getComputedStyle(document.documentElement);
  const color = (name) => style.getPropertyValue(`--${name}`).trim();
  theme = { paper: color("paper"), ink: color("ink"), edge: color("edge"), strong: color("strong"), font: style.fontFamily };
  draw();
}

// ---- What lies under the pointer -----------------------------------------------------------------------------------

function nodeAt(x, y, slack) {
  let best = [slack, -1];
  nodes.forEach((node, i) => {
    if (!shownNodes[i]) return;
    const [nx, ny] = toScreen(node);
    const away = Math.hypot(nx - x, ny - y) - radius(node);
    if (away < best[0]) best = [away, i];
  });
  return best[1];
}

function edgeAt(x, y, slack) {
  let best = [slack, -1];
  for (const e of byWeight) {
    if (!shownEdges[e]) continue;
    const [ax, ay] = toScreen(nodes[edges[e].a]);
    const [bx, by] = toScreen(nodes[edges[e].b]);
    const [dx, dy] = [bx - ax, by - ay];
    const along = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
    const away = Math.hypot(ax + along * dx - x, ay + along * dy - y);
    if (away < best[0]) best = [away, e];
  }
  return best[1];
}

const fingers = new Map();
let travelled = 0;

canvas.addEventListener("pointerdown", (event) => {
  canvas.setPointerCapture(event.pointerId);
  fingers.set(event.pointerId, [event.offsetX, event.offsetY]);
  if (fingers.size === 1) travelled = 0;
});

canvas.addEventListener("pointermove", (event) => {
  const here = [event.offsetX, event.offsetY];
  const before = fingers.get(event.pointerId);
  if (!before) {
    if (event.pointerType === "mouse") hint(...here);
    return;
  }
  const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1];
  if (other) {
    const apart = (point) => Math.hypot(point[0] - other[0], point[1] - other[1]) || 1;
    zoom(apart(here) / apart(before), (here[0] + other[0]) / 2, (here[1] + other[1]) / 2);
  }
  const share = other ? 0.5 : 1;
  view.x -= (share * (here[0] - before[0])) / view.zoom;
  view.y -= (share * (here[1] - before[1])) / view.zoom;
  travelled += Math.hypot(here[0] - before[0], here[1] - before[1]);
  fingers.set(event.pointerId, here);
  draw(true);
});

canvas.addEventListener("pointerup", (event) => {
  const alone = fingers.size === 1;
  fingers.delete(event.pointerId);
  if (!alone || travelled > 6) return;
  const slack = event.pointerType === "mouse" ? 3 : 14;
  const node = nodeAt(event.offsetX, event.offsetY, slack);
  if (node >= 0) return chooseNode(node);
  const edge = edgeAt(event.offsetX, event.offsetY, slack + 3);
  if (edge >= 0) return chooseEdge(edge);
  nothing();
});
canvas.addEventListener("pointercancel", (event) => fingers.delete(event.pointerId));
canvas.addEventListener("pointerleave", () => { $("tip").hidden = true; });
canvas.addEventListener("wheel", (event) => {
  event.preventDefault();
  zoom(Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.0015)), event.offsetX, event.offsetY);
}, { passive: false });

function hint(x, y) {
  const i = nodeAt(x, y, 3);
  canvas.style.cursor = i >= 0 ? "pointer" : "grab";
  $("tip").hidden = i < 0;
  if (i < 0) return;
  $("tip").textContent = `${nodes[i].l} · ${types[nodes[i].t].ko}`;
  $("tip").style.left = `${Math.min(x + 12, view.width - 160)}px`;
  $("tip").style.top = `${y + 14}px`;
}

// ---- The panel -----------------------------------------------------------------------------------------------------

/** An element with text and children. */
function make(name, content = "", ...children) {
  const element = document.createElement(name);
  element.textContent = content;
  element.append(...children);
  return element;
}

function button(text, action) {
  const made = make("button", text);
  made.type = "button";
  made.addEventListener("click", action);
  return made;
}

const heading = (ko, en) => make("h3", `${ko} `, make("small", en));

function facts(rows) {
  const list = make("dl");
  for (const [term, value] of rows) {
    if (value === "" || value === undefined || value === null) continue;
    list.append(make("dt", term), make("dd", String(value)));
  }
  return list;
}

const days = (item) => (!item.f ? "" : item.z && item.z !== item.f ? `${item.f} – ${item.z}` : item.f);

function show(...content) {
  $("about").replaceChildren(...content);
  const opened = $("panel").hidden;
  $("panel").hidden = false;
  $("panel").scrollTop = 0;
  if (opened) resize();
  draw();
}

function nothing() {
  if (chosen.node < 0 && chosen.edge < 0) return;
  [chosen.node, chosen.edge] = [-1, -1];
  $("panel").hidden = true;
  resize();
}

function chooseNode(i, move = false) {
  [chosen.node, chosen.edge] = [i, -1];
  const node = nodes[i];
  const type = types[node.t];
  const others = node.n.filter((name) => name !== node.l);
  const content = [
    make("h2", node.l),
    make("p", `${type.ko} `, make("small", `${type.en}${node.k ? "" : " · 사전에 없는 이름 (not in the dictionary)"}`)),
    facts([
      ["다른 이름", others.join(", ")],
      ["지역", node.c],
      ["상위", node.p],
      ["기사", `${node.m.articles}건 (같은 기사는 하나로 ${node.m.stories}건)`],
      ["기간", days(node)],
      ["관계 수", node.m.degree],
      ["PageRank", node.m.page_rank.toPrecision(3)],
      ["매개 중심성", node.m.betweenness.toPrecision(3)],
      ["무리", `${node.m.community}번`],
    ]),
    ...neighbours(i),
  ];
  if (node.a.length) content.push(heading("기사", "articles"), articleList(node.a));
  show(...content);
  if (move) {
    view.zoom = Math.max(view.zoom, 0.9);
    // On a phone the panel covers the lower half.
    const covered = matchMedia("(max-width: 760px)").matches ? view.height / 4 / view.zoom : 0;
    [view.x, view.y] = [node.x, node.y + covered];
    draw();
  }
}

/** The neighbours, a list for each relation and direction. */
function neighbours(i) {
  const groups = new Map();
  for (const e of edgesOf[i]) {
    const out = edges[e].a === i;
    const mutual = relations[edges[e].r].key === "co_occurs";
    const key = `${String(edges[e].r).padStart(4, "0")}${out || mutual ? 0 : 1}`;
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push([out ? edges[e].b : edges[e].a, e]);
  }
  return [...groups.keys()].sort().flatMap((key) => {
    const relation = relations[Number(key.slice(0, 4))];
    const items = groups.get(key).sort((x, y) => edges[y[1]].w - edges[x[1]].w || x[0] - y[0]);
    const list = make("ul");
    for (const [other, e] of items) {
      const said = edges[e].e.length;
      const why = button(said ? `문장 ${said}` : "사전", () => chooseEdge(e));
      why.className = "why";
      list.append(make("li", "", button(nodes[other].l, () => chooseNode(other, true)), why));
    }
    const arrow = relation.key === "co_occurs" ? "" : key.endsWith("0") ? " →" : " ←";
    return [heading(relation.ko + arrow, `${relation.en} · ${items.length}`), list];
  });
}

/** A link only for the web; any other address is text. */
function linked(text, address) {
  if (!address || !/^https?:\/\//i.test(address)) return make("span", text);
  const link = make("a", text);
  link.href = address;
  link.target = "_blank";
  link.rel = "noopener noreferrer";
  return link;
}

const cited = (article) => make("span", "", linked(article.t || article.s, article.u),
  make("small", ` ${[article.d, article.o].filter(Boolean).join(" ")}`));

function articleList(numbers) {
  const newest = [...numbers].sort((a, b) => (articles[a].d < articles[b].d ? 1 : -1));
  const list = make("ul");
  for (const number of newest.slice(0, 50)) list.append(make("li", "", cited(articles[number])));
  if (newest.length > 50) list.append(make("li", `… ${newest.length - 50}건 더 (more)`));
  return list;
}

const STATUS = { done: "한 일", planned: "하기로 한 일", dictionary: "사전" };

function chooseEdge(e) {
  [chosen.node, chosen.edge] = [-1, e];
  const edge = edges[e];
  const relation = relations[edge.r];
  const [from, to] = [nodes[edge.a], nodes[edge.b]];
  const status = edge.u.replace(/done|planned|dictionary/g, (word) => STATUS[word]);
  const ends = make("p", "", button(from.l, () => chooseNode(edge.a, true)),
    relation.key === "co_occurs" ? " — " : " → ", button(to.l, () => chooseNode(edge.b, true)));
  ends.className = "ends";
  const content = [
    make("h2", `${relation.ko} `, make("small", relation.en)),
    ends,
    facts([["상태", status], ["무게", edge.w], ["기간", days(edge)]]),
  ];
  if (edge.e.length) content.push(heading("근거 문장", "sentences"));
  const names = [...from.n, from.l, ...to.n, to.l];
  for (const number of edge.e) {
    const [article, text] = sentences[number];
    content.push(make("blockquote", "", marked(text, names), make("p", "", cited(articles[article]))));
  }
  show(...content);
}

/** The text with these names marked, the longest first. */
function marked(text, names) {
  const wanted = [...new Set(names)].filter(Boolean).sort((a, b) => b.length - a.length);
  const line = make("p");
  let plain = 0;
  for (let at = 0; at < text.length;) {
    const name = wanted.find((wish) => text.startsWith(wish, at));
    if (!name) {
      at += 1;
      continue;
    }
    line.append(text.slice(plain, at), make("mark", name));
    at += name.length;
    plain = at;
  }
  line.append(text.slice(plain));
  return line;
}

// ---- Search --------------------------------------------------------------------------------------------------------

const INITIALS = [..."ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"];
// What a keyboard makes of two consonants in a row.
const JOINED = { ㄳ: "ㄱㅅ", ㄵ: "ㄴㅈ", ㄶ: "ㄴㅎ", ㄺ: "ㄹㄱ", ㄻ: "ㄹㅁ", ㄼ: "ㄹㅂ", ㄽ: "ㄹㅅ", ㄾ: "ㄹㅌ", ㄿ: "ㄹㅍ", ㅀ: "ㄹㅎ", ㅄ: "ㅂㅅ" };
const plain = (text) => text.normalize("NFC").toLowerCase().replace(/[\s·.,()㈜]/g, "").replace(/[ㄳ-ㅄ]/g, (c) => JOINED[c] || c);
const searchable = nodes.map((node) => [...new Set([node.l, ...node.n, ...node.o].map(plain))]);

/** Does the sign that was typed stand for this one: itself, its initial, or its beginning while one types on? */
function fits(typed, sign, last) {
  if (typed === sign) return true;
  const code = sign.charCodeAt(0) - 0xac00;
  if (code < 0 || code > 11171) return false;
  if (INITIALS[Math.floor(code / 588)] === typed) return true;
  const half = typed.charCodeAt(0) - 0xac00;
  return last && half >= 0 && half % 28 === 0 && code - (code % 28) === half;
}

/** Where the typed text stands in a name; -1 for nowhere. */
function found(typed, name) {
  for (let at = 0; at + typed.length <= name.length; at += 1) {
    let same = 0;
    while (same < typed.length && fits(typed[same], name[at + same], same === typed.length - 1)) same += 1;
    if (same === typed.length) return at;
  }
  return -1;
}

function search(text) {
  const typed = plain(text);
  if (!typed) return [];
  const hits = [];
  searchable.forEach((names, i) => {
    let best = Infinity;
    for (const name of names) {
      const at = found(typed, name);
      if (at >= 0) best = Math.min(best, name === typed ? 0 : at === 0 ? 1 : 2);
    }
    if (best < Infinity) hits.push([best, i]);
  });
  hits.sort((a, b) => a[0] - b[0] || nodes[b[1]].m.stories - nodes[a[1]].m.stories || a[1] - b[1]);
  return hits.slice(0, 12).map((hit) => hit[1]);
}

const query = $("query");
let hits = [];
let marker = 0;

function suggest() {
  hits = search(query.value);
  marker = 0;
  const items = hits.map((i, at) => {
    const item = make("li", `${nodes[i].l} `, make("small", types[nodes[i].t].ko));
    item.id = `hit${at}`;
    item.setAttribute("role", "option");
    item.addEventListener("pointerdown", (event) => { event.preventDefault(); take(at); });
    return item;
  });
  if (!items.length && query.value.trim()) items.push(make("li", "없습니다 (nothing found)"));
  $("found").replaceChildren(...items);
  $("found").hidden = !items.length;
  query.setAttribute("aria-expanded", String(items.length > 0));
  point();
}

function point() {
  [...$("found").children].forEach((item, at) => item.setAttribute("aria-selected", String(at === marker && hits.length > 0)));
  if (hits.length) query.setAttribute("aria-activedescendant", `hit${marker}`);
  else query.removeAttribute("aria-activedescendant");
  $("found").children[marker]?.scrollIntoView({ block: "nearest" });
}

function take(at) {
  if (hits[at] === undefined) return;
  const node = hits[at];
  query.value = nodes[node].l;
  hide();
  if (off.types.delete(nodes[node].t)) $(`type${nodes[node].t}`).checked = true;
  chooseNode(node, true);
  sift();
}

function hide() {
  $("found").hidden = true;
  query.setAttribute("aria-expanded", "false");
}

query.addEventListener("input", suggest);
query.addEventListener("focus", () => query.value && suggest());
query.addEventListener("blur", hide);
query.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && hits.length) {
    event.preventDefault();
    marker = (marker + step + hits.length) % hits.length;
    point();
  } else if (event.key === "Enter") {
    take(marker);
  } else if (event.key === "Escape") {
    hide();
  }
});

// ---- Switches, time and keys ---------------------------------------------------------------------------------------

function switches(into, words, set, prefix, counts) {
  words.forEach((word, number) => {
    const box = make("input");
    box.type = "checkbox";
    box.checked = true;
    box.id = `${prefix}${number}`;
    box.addEventListener("change", () => {
      if (box.checked) set.delete(number);
      else set.add(number);
      sift();
    });
    const label = make("label", "", box);
    if (word.color) {
      const dot = make("i");
      dot.style.background = word.color;
      label.append(dot);
    }
    label.append(make("span", `${word.ko} `, make("small", word.en === word.ko ? "" : word.en)), make("small", String(counts[number])));
    into.append(label);
  });
}

const count = (items, key, length) => items.reduce((sums, item) => { sums[item[key]] += 1; return sums; }, new Array(length).fill(0));

function timeline() {
  const dated = edges.flatMap((edge) => [edge.f, edge.z]).filter(Boolean).map((day) => day.slice(0, 7)).sort();
  const [first, last] = [dated[0], dated[dated.length - 1]];
  if (!first || first === last) {
    $("time").hidden = true;
    return;
  }
  const month = (text) => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7)) - 1;
  const text = (number) => `${String(Math.floor(number / 12)).padStart(4, "0")}-${String((number % 12) + 1).padStart(2, "0")}`;
  const [from, to] = [$("from"), $("to")];
  for (const slider of [from, to]) [slider.min, slider.max] = [month(first), month(last)];
  [from.value, to.value] = [month(first), month(last)];
  const move = (moved) => {
    if (Number(from.value) > Number(to.value)) (moved === from ? to : from).value = moved.value;
    const whole = from.value === from.min && to.value === to.max;
    [off.from, off.to] = whole ? ["", ""] : [text(Number(from.value)), text(Number(to.value))];
    const said = `${text(Number(from.value))} – ${text(Number(to.value))}`;
    $("period").textContent = said;
    sift();
  };
  for (const slider of [from, to]) slider.addEventListener("input", () => move(slider));
  $("period").textContent = `${first} – ${last}`;
}

canvas.addEventListener("keydown", (event) => {
  const step = 60 / view.zoom;
  const keys = {
    ArrowLeft: () => { view.x -= step; }, ArrowRight: () => { view.x += step; },
    ArrowUp: () => { view.y -= step; }, ArrowDown: () => { view.y += step; },
    "+": () => zoom(1.25), "=": () => zoom(1.25), "-": () => zoom(0.8), 0: whole,
  };
  if (!keys[event.key] || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  keys[event.key]();
  draw(true);
});
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && document.activeElement !== query) {
    event.preventDefault();
    query.select();
  } else if (event.key === "Escape" && document.activeElement !== query) {
    nothing();
  }
});

function whole() {
  const shown = bySize.filter((i) => shownNodes[i]);
  fit(shown.length ? shown : bySize);
}

$("larger").addEventListener("click", () => zoom(1.4));
$("smaller").addEventListener("click", () => zoom(1 / 1.4));
$("whole").addEventListener("click", whole);
$("close").addEventListener("click", () => { nothing(); canvas.focus(); });
$("settings").addEventListener("click", () => {
  const open = $("filters").classList.toggle("open");
  $("settings").setAttribute("aria-expanded", String(open));
});
window.addEventListener("resize", resize);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", dress);

switches($("types"), types, off.types, "type", count(nodes, "t", types.length));
switches($("relations"), relations, off.relations, "relation", count(edges, "r", relations.length));
timeline();
dress();
resize();
sift();
whole();
