//! `ieum export svg`: a figure for a report.

use std::io::{self, Write};

use petgraph::visit::EdgeRef;
use unicode_width::UnicodeWidthStr;

use super::look::{color, color_of, counts};
use super::xml::Xml;
use super::{Format, Loss};
use crate::graph::layout::{Point, size};
use crate::graph::{AGREEMENT, Graph};

/// The graph as a figure, with a legend; the biggest nodes have their names.
#[derive(Debug, Clone, Copy, Default)]
pub struct Svg;

/// A font that has Hangul on every system; fonts are too large to put into the file.
const FONTS: &str = "'Noto Sans KR','Apple SD Gothic Neo','Malgun Gothic','맑은 고딕',sans-serif";
/// The figure is so many letters wide, so that it can be read at the width of a page.
const LETTERS: f64 = 80.0;
const SMALLEST: f64 = 9.0;
/// More names than this would hide the picture.
const NAMES: usize = 120;
/// With so few nodes, agreements have their names too.
const FEW: usize = 40;

impl Format for Svg {
    fn file(&self) -> &'static str {
        "graph.svg"
    }

    fn name(&self) -> &'static str {
        "svg"
    }

    fn write(&self, graph: &Graph, out: &mut dyn Write) -> io::Result<Loss> {
        let sheet = Sheet::of(graph);
        let number = |value: f64| format!("{value:.2}");
        let mut xml = Xml::new(out)?;
        let [width, height] = [
            sheet.most[0] - sheet.least[0],
            sheet.most[1] - sheet.least[1],
        ];
        let frame = [
            number(sheet.least[0]),
            number(sheet.least[1]),
            number(width),
            number(height),
        ];
        xml.open(
            "svg",
            &[
                ("xmlns", "http://www.w3.org/2000/svg"),
                ("viewBox", &frame.join(" ")),
                ("role", "img"),
                ("font-family", FONTS),
                ("font-size", &number(sheet.letter)),
            ],
        )?;
        xml.text("title", &[], "이음: 관계망")?;
        let [x, y, width, height] = &frame;
        let paper = [
            ("x", x.as_str()),
            ("y", y),
            ("width", width),
            ("height", height),
            ("fill", "#ffffff"),
        ];
        xml.empty("rect", &paper)?;
        xml.open("g", &[("stroke", "#5b6570"), ("stroke-opacity", "0.35")])?;
        let places = graph.layout();
        for edge in graph.net.edge_references() {
            let (a, b) = (places[edge.source().index()], places[edge.target().index()]);
            let weight = edge.weight().weight.sqrt().clamp(0.5, 6.0) * sheet.letter / 12.0;
            let ends = [number(a[0]), number(a[1]), number(b[0]), number(b[1])];
            let [x1, y1, x2, y2] = &ends;
            let line = [
                ("x1", x1.as_str()),
                ("y1", y1),
                ("x2", x2),
                ("y2", y2),
                ("stroke-width", &number(weight)),
            ];
            xml.empty("line", &line)?;
        }
        xml.close("g")?;
        xml.open(
            "g",
            &[
                ("stroke", "#ffffff"),
                ("stroke-width", &number(sheet.letter / 16.0)),
            ],
        )?;
        for (node, place) in graph.net.node_weights().zip(places) {
            let [x, y, r] = [place[0], place[1], size(node) / 2.0].map(number);
            xml.open(
                "circle",
                &[("cx", &x), ("cy", &y), ("r", &r), ("fill", color(node))],
            )?;
            xml.text("title", &[], &node.label)?;
            xml.close("circle")?;
        }
        xml.close("g")?;
        let halo = number(sheet.letter / 4.0);
        let names = [
            ("fill", "#111111"),
            ("stroke", "#ffffff"),
            ("stroke-width", halo.as_str()),
            ("stroke-linejoin", "round"),
            ("paint-order", "stroke"),
            ("text-anchor", "middle"),
        ];
        xml.open("g", &names)?;
        for (node, [x, y]) in sheet.names(graph) {
            let label = &graph.net.raw_nodes()[node].weight.label;
            xml.text("text", &[("x", &number(x)), ("y", &number(y))], label)?;
        }
        xml.close("g")?;
        sheet.legend(graph, &mut xml)?;
        xml.close("svg")?;
        xml.finish()
    }
}

/// How large everything is.
struct Sheet {
    /// The height of a letter.
    letter: f64,
    least: Point,
    most: Point,
    /// Where the legend begins.
    foot: f64,
}

impl Sheet {
    fn of(graph: &Graph) -> Self {
        let (mut least, mut most) = ([0.0; 2], [0.0; 2]);
        for (node, place) in graph.net.node_weights().zip(graph.layout()) {
            for axis in [0, 1] {
                least[axis] = f64::min(least[axis], place[axis] - size(node) / 2.0);
                most[axis] = f64::max(most[axis], place[axis] + size(node) / 2.0);
            }
        }
        let letter = f64::max(
            SMALLEST,
            (most[0] - least[0]).max(most[1] - least[1]) / LETTERS,
        );
        // Names stand out at the sides, and the legend needs its width.
        let margin = [4.0 * letter, 2.0 * letter];
        for axis in [0, 1] {
            least[axis] -= margin[axis];
            most[axis] += margin[axis];
        }
        let short = 46.0 * letter - (most[0] - least[0]);
        if short > 0.0 {
            least[0] -= short / 2.0;
            most[0] += short / 2.0;
        }
        let foot = most[1];
        most[1] += 4.0 * letter;
        Self {
            letter,
            least,
            most,
            foot,
        }
    }

    /// How wide a text is, about.
    fn width(&self, text: &str) -> f64 {
        text.width() as f64 * 0.53 * self.letter
    }

    /// The nodes with a name and where it stands (middle of its base line): the biggest first, none over another.
    fn names(&self, graph: &Graph) -> Vec<(usize, Point)> {
        let places = graph.layout();
        let nodes = graph.net.raw_nodes();
        let mut order: Vec<usize> = (0..nodes.len()).collect();
        if nodes.len() > FEW {
            order.retain(|&node| nodes[node].weight.kind != AGREEMENT);
        }
        let rank = |&node: &usize| (std::cmp::Reverse(nodes[node].weight.stories), node);
        order.sort_by_key(rank);
        let mut taken: Vec<[f64; 4]> = Vec::new();
        let mut names = Vec::new();
        for node in order {
            if names.len() >= NAMES {
                break;
            }
            let (place, radius) = (places[node], size(&nodes[node].weight) / 2.0);
            let half = self.width(&nodes[node].weight.label) / 2.0;
            let gap = radius + 0.2 * self.letter;
            let below = [place[0], place[1] + gap + 0.9 * self.letter];
            let above = [place[0], place[1] - gap - 0.1 * self.letter];
            let right = [place[0] + gap + half, place[1] + 0.35 * self.letter];
            let left = [place[0] - gap - half, place[1] + 0.35 * self.letter];
            for [x, y] in [below, above, right, left] {
                let top = y - 0.9 * self.letter;
                let name = [x - half, top, x + half, top + 1.15 * self.letter];
                let inside = name[0] > self.least[0]
                    && name[2] < self.most[0]
                    && top > self.least[1]
                    && name[3] < self.foot;
                let free = |t: &[f64; 4]| {
                    name[2] <= t[0] || t[2] <= name[0] || name[3] <= t[1] || t[3] <= name[1]
                };
                if inside && taken.iter().all(free) {
                    taken.push(name);
                    names.push((node, [x, y]));
                    break;
                }
            }
        }
        names
    }

    /// Types with their colours and numbers, then what the picture shows.
    fn legend(&self, graph: &Graph, xml: &mut Xml) -> io::Result<()> {
        let number = |value: f64| format!("{value:.2}");
        let mut x = self.least[0] + self.letter;
        let y = self.foot + self.letter;
        xml.open("g", &[("fill", "#111111")])?;
        for (kind, count) in counts(graph) {
            let label = graph.meta.labels.iter().find(|label| label.key == kind);
            let text = format!(
                "{} {count}",
                label.map_or(kind, |label| label.korean.as_str())
            );
            let radius = 0.4 * self.letter;
            let dot = [
                ("cx", number(x + radius)),
                ("cy", number(y - radius * 0.9)),
                ("r", number(radius)),
                ("fill", color_of(kind).to_owned()),
            ];
            let dot = dot.each_ref().map(|(key, value)| (*key, value.as_str()));
            xml.empty("circle", &dot)?;
            x += 1.2 * self.letter;
            xml.text("text", &[("x", &number(x)), ("y", &number(y))], &text)?;
            x += self.width(&text) + 1.2 * self.letter;
        }
        let text = format!(
            "이름 {}개, 관계 {}개 · 원의 넓이는 기사 수, 선의 굵기는 관계를 말한 기사 수",
            graph.net.node_count(),
            graph.net.edge_count()
        );
        let x = number(self.least[0] + self.letter);
        xml.text(
            "text",
            &[("x", &x), ("y", &number(y + 1.7 * self.letter))],
            &text,
        )?;
        xml.close("g")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Node;

    #[test]
    fn names_do_not_overlap_and_the_biggest_has_one() {
        let mut graph = Graph::default();
        for node in 0..200 {
            graph.net.add_node(Node {
                id: format!("school:{node:03}"),
                label: format!("이름이 제법 긴 고등학교 {node}"),
                kind: "school".to_owned(),
                stories: node,
                ..Node::default()
            });
        }
        let sheet = Sheet::of(&graph);
        let names = sheet.names(&graph);
        assert!(names.iter().any(|&(node, _)| node == 199));
        assert!(names.len() > 10, "{}", names.len());
        for (at, &(a, [ax, ay])) in names.iter().enumerate() {
            for &(b, [bx, by]) in &names[at + 1..] {
                let label = |node: usize| sheet.width(&graph.net.raw_nodes()[node].weight.label);
                let beside = (ax - bx).abs() * 2.0 >= (label(a) + label(b)) - 1e-6;
                assert!(beside || (ay - by).abs() >= sheet.letter, "{a} and {b}");
            }
        }
    }
}
