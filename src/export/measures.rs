//! The measures of a node: what each is called in each file, and how it is read.

use super::edges::weight;
use crate::graph::measures::Measures;

/// A measure of a node, as files have it.
#[derive(Debug, Clone, Copy)]
pub struct Measure {
    /// Its name in GraphML, GEXF and Neo4j.
    pub name: &'static str,
    /// Its column in nodes.csv.
    pub column: &'static str,
    /// Its property in RDF.
    pub property: &'static str,
    /// Its column in the workbook.
    pub korean: &'static str,
    /// What it counts, and how it is read.
    pub read: Read,
}

/// How a measure is read from those of a node.
#[derive(Debug, Clone, Copy)]
pub enum Read {
    /// A whole number.
    Count(fn(&Measures) -> u32),
    /// A sum of weights.
    Weight(fn(&Measures) -> f64),
    /// A share of the whole.
    Share(fn(&Measures) -> f64),
}

/// All measures, in the order of the columns.
pub const MEASURES: [Measure; 7] = [
    Measure {
        name: "degree",
        column: "Degree",
        property: "ieum:degree",
        korean: "관계 수",
        read: Read::Count(|of| of.degree),
    },
    Measure {
        name: "weighted_degree",
        column: "WeightedDegree",
        property: "ieum:weightedDegree",
        korean: "관계 무게",
        read: Read::Weight(|of| of.weighted_degree),
    },
    Measure {
        name: "page_rank",
        column: "PageRank",
        property: "ieum:pageRank",
        korean: "PageRank",
        read: Read::Share(|of| of.page_rank),
    },
    Measure {
        name: "betweenness",
        column: "Betweenness",
        property: "ieum:betweenness",
        korean: "매개 중심성",
        read: Read::Share(|of| of.betweenness),
    },
    Measure {
        name: "component",
        column: "Component",
        property: "ieum:component",
        korean: "연결 부분",
        read: Read::Count(|of| of.component),
    },
    Measure {
        name: "community",
        column: "Community",
        property: "ieum:community",
        korean: "무리",
        read: Read::Count(|of| of.community),
    },
    Measure {
        name: "core",
        column: "Core",
        property: "ieum:core",
        korean: "k-코어",
        read: Read::Count(|of| of.core),
    },
];

impl Measure {
    /// Whether it is a whole number; the others have a point.
    pub fn is_count(&self) -> bool {
        matches!(self.read, Read::Count(_))
    }

    /// Its value as text files have it.
    pub fn text(&self, of: &Measures) -> String {
        match self.read {
            Read::Count(read) => read(of).to_string(),
            Read::Weight(read) => weight(read(of)),
            Read::Share(read) => share(read(of)),
        }
    }
}

/// A share of the whole, always with its point: Gephi guesses the type of a column from its first rows.
pub fn share(share: f64) -> String {
    format!("{share:.9}")
}
