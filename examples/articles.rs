//! Made-up articles as JSON lines, for measurements of any size: `cargo run --example articles -- 100000 >articles.jsonl`
//!
//! With `copies` after the number, every second one repeats another under another outlet, a little changed.

#[path = "../benches/generator/mod.rs"]
mod generator;

use std::io::{self, BufWriter, Write};
use std::path::Path;

fn main() -> io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let count = arguments.next().and_then(|count| count.parse::<u64>().ok());
    let count = count.ok_or_else(|| io::Error::other("how many articles?"))?;
    let copies = arguments.next().is_some_and(|word| word == "copies");
    let names = generator::Names::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("dictionaries"));
    let mut out = BufWriter::with_capacity(1 << 20, io::stdout().lock());
    for number in 0..count {
        // The one it repeats is one of a few before it: three outlets print one release.
        let told = if copies && number % 2 == 1 {
            number - number % 6
        } else {
            number
        };
        let page = names.article(told);
        let mut parts = page.splitn(3, "\n\n");
        let (title, date, text) = (parts.next(), parts.next(), parts.next());
        let day = date
            .and_then(|line| line.split(' ').nth(1))
            .unwrap_or_default();
        let outlet = if told == number {
            "한신문"
        } else {
            "다른신문"
        };
        let mut text = text.unwrap_or_default().to_owned();
        if told != number {
            text.extend([
                "\n\n",
                outlet,
                " ",
                &number.to_string(),
                "판에 실린 글이다.",
            ]);
        }
        let article = serde_json::json!({
            "id": format!("a{number:07}"),
            "title": title,
            "date": day.replace('.', "-"),
            "outlet": outlet,
            "text": text,
        });
        writeln!(out, "{article}")?;
    }
    out.flush()
}
