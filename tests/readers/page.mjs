// graph.html in headless Chromium, driven as a person would; no page may ask for anything beside itself.
// usage: node page.mjs ARTICLES/graph.html HOSTILE/graph.html [SCREENSHOT]
import assert from "node:assert/strict";
import { resolve } from "node:path";
import chromium from "@sparticuz/chromium";
import puppeteer from "puppeteer-core";

const [articles, hostile, screenshot] = process.argv.slice(2);
const browser = await puppeteer.launch({ executablePath: await chromium.executablePath(), args: chromium.args, headless: "shell" });

/** Opens a page and lists what should not happen in it. */
async function open(path, view = { width: 1400, height: 900 }) {
  const page = await browser.newPage();
  const wrong = [];
  page.on("pageerror", (error) => wrong.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => { wrong.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on("request", (request) => { if (!request.url().startsWith("file:")) wrong.push(`request: ${request.url()}`); });
  await page.setViewport(view);
  await page.goto(`file://${resolve(path)}`, { waitUntil: "load" });
  const text = (selector) => page.$eval(selector, (element) => element.textContent.replace(/\s+/g, " ").trim());
  const counts = async () => (await text("#count")).match(/[\d,]+/g).map((n) => Number(n.replaceAll(",", "")));
  const search = async (words) => {
    await page.$eval("#query", (input) => { input.value = ""; });
    await page.type("#query", words);
    return page.$$eval("#found li", (items) => items.map((item) => item.textContent));
  };
  return { page, wrong, text, counts, search };
}

{ // The sample articles: look, search, click, read, switch, go through time.
  const { page, wrong, text, counts, search } = await open(articles);
  const [nodes, edges] = await counts();
  assert.ok(nodes > 100 && edges > 400, `${nodes} ${edges}`);

  for (const words of ["한림공고", "ㅎㄹㄱㄱ", "한림공", "한림 공ㄱ"]) {
    assert.match((await search(words))[0], /^한림항공우주고등학교/, words);
  }
  assert.match((await search("없는이름없다"))[0], /없습니다/);
  await search("한림공고");
  await page.keyboard.press("Enter");
  assert.equal(await text("#about h2"), "한림항공우주고등학교");
  for (const part of ["제주시", "한화시스템", "채용 ← hires from", "섬바람신문"]) {
    assert.ok((await text("#about")).includes(part), part);
  }
  if (screenshot) await page.screenshot({ path: screenshot });

  // The sentence behind "hires from", with both names marked.
  await page.evaluate(() => {
    const heading = [...document.querySelectorAll("#about h3")].find((h) => h.textContent.includes("hires from"));
    heading.nextElementSibling.querySelector(".why").click();
  });
  assert.match(await text("#about blockquote"), /채용을 연계/);
  const marks = await page.$$eval("#about mark", (found) => found.map((mark) => mark.textContent));
  assert.deepEqual(new Set(marks), new Set(["한화시스템", "한림공고"]));
  await page.keyboard.press("Tab");
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press("Escape");
  assert.ok(await page.$eval("#panel", (panel) => panel.hidden));

  // With the mouse: a node, then an edge.
  const at = (what) => page.evaluate(`(() => {
    const box = canvas.getBoundingClientRect();
    const [x, y] = ${what};
    return [box.x + x, box.y + y];
  })()`);
  await page.mouse.click(...await at("toScreen(nodes[bySize[0]])"));
  assert.equal(await text("#about h2"), await page.evaluate("nodes[bySize[0]].l"));
  await page.click("#close");
  // The longest edge, at a spot that no other is as near to.
  const spot = `(() => {
    for (let share = 0.2; share < 0.8; share += 0.05) {
      const long = edges.map((e, i) => [Math.hypot(nodes[e.a].x - nodes[e.b].x, nodes[e.a].y - nodes[e.b].y), i]).sort((p, q) => q[0] - p[0]);
      for (const [, i] of long.slice(0, 50)) {
        const [ax, ay] = toScreen(nodes[edges[i].a]);
        const [bx, by] = toScreen(nodes[edges[i].b]);
        const [x, y] = [ax + share * (bx - ax), ay + share * (by - ay)];
        if (nodeAt(x, y, 6) < 0 && edgeAt(x, y, 3) === i) return [x, y];
      }
    }
  })()`;
  await page.mouse.click(...await at(spot));
  assert.match(await text("#about"), /상태/);
  await page.click("#close");

  await page.click("#type0");
  const [fewer, less] = await counts();
  assert.ok(fewer < nodes && less < edges);
  await page.click("#type0");
  assert.deepEqual(await counts(), [nodes, edges]);
  await page.focus("#to");
  for (let step = 0; step < 3; step += 1) await page.keyboard.press("PageDown");
  assert.ok((await counts())[1] < edges, await text("#period"));

  // The keyboard moves the picture.
  await page.focus("#map");
  const where = () => page.evaluate("[view.x, view.zoom]");
  const before = await where();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("+");
  const after = await where();
  assert.ok(after[0] > before[0] && after[1] > before[1]);
  assert.deepEqual(wrong, []);
  await page.close();
}

{ // A phone: everything fits, and the switches open.
  const { page, wrong, search } = await open(articles, { width: 390, height: 780, isMobile: true, hasTouch: true });
  assert.ok(await page.evaluate("document.documentElement.scrollWidth <= innerWidth"));
  await page.tap("#settings");
  assert.ok(await page.$eval("#filters", (filters) => filters.offsetHeight > 100));
  await page.tap("#settings");
  await search("한림공고");
  await page.keyboard.press("Enter");
  const covered = await page.evaluate(() => {
    const [, y] = toScreen(nodes[chosen.node]);
    return canvas.getBoundingClientRect().y + y > document.getElementById("panel").getBoundingClientRect().y;
  });
  assert.ok(!covered, "the chosen node lies under the panel");
  assert.deepEqual(wrong, []);
  await page.close();
}

{ // Hostile names and addresses are text, and no script but ours runs.
  const { page, wrong, text, search } = await open(hostile);
  const elements = await page.$$eval("*", (all) => all.length);
  assert.ok(elements < 200, "names have become elements");
  const labels = await page.evaluate("nodes.map((node) => node.l)");
  assert.ok(labels.includes("<img src=x onerror=alert(1)>"));
  for (let node = 0; node < labels.length; node += 1) {
    await page.evaluate(`chooseNode(${node})`);
    assert.equal(await page.$eval("#about h2", (heading) => heading.textContent), labels[node]);
    await page.evaluate(`chooseEdge(edgesOf[${node}][0])`);
  }
  assert.equal(await page.$$eval("#about a", (links) => links.length), 0, "an address that is not of the web is a link");
  assert.match(await text("#about"), /alert\(2\)/);
  await search("<");
  await page.keyboard.press("Enter");
  const ran = await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "window.ran = true";
    document.body.append(script);
    return window.ran === true;
  });
  assert.ok(!ran, "the policy lets other scripts run");
  assert.deepEqual(wrong, []);
}

await browser.close();
console.log("graph.html does in Chromium what a person wants, and nothing that a name wants");
