//! Records reduced to what a graph needs of them: a file that takes their place.
//!
//! A partial holds the articles with what they name and state, the sentences that serve as evidence and the samples
//! by which copies are found; not the texts. Partials add up in any grouping and any order, and the same records
//! always give the same bytes: strings, sentences, samples and articles are sorted, and each is there once.
//!
//! The file: [`MAGIC`], then gzip, whose own checksum tells a cut or changed file, around four tables. Numbers are
//! LEB128, a text is its length and its bytes, what may be missing is 0 or one more than its number.

use std::borrow::Cow;
use std::io::{self, BufReader, BufWriter, Read, Write};

use flate2::Compression;
use flate2::bufread::GzDecoder;
use flate2::write::GzEncoder;
use jiff::civil::Date;

use super::builder::{Builder, Entry, Form, Named, Quote, Reported, Stated};
use super::model::Reading;
use super::signature::Signature;
use crate::relation::Status;

/// How a partial begins. A record, which is JSON, never does.
pub const MAGIC: &[u8] = b"ieum partial 1\n";

/// Why a partial cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PartialError {
    /// It cannot be read.
    #[error("it cannot be read: {0}; it may be cut short: make it again with `ieum fold`")]
    Unreadable(#[from] io::Error),
    /// It is something else.
    #[error("it does not begin as what `ieum fold` writes, or another version of ieum wrote it")]
    Foreign,
    /// It contradicts itself.
    #[error("it contradicts itself ({0}): make it again with `ieum fold`")]
    Broken(&'static str),
}

impl Builder {
    /// Writes all that a graph needs of the records: the same bytes whatever their order and grouping.
    ///
    /// O(n log n) in the size of what is written.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write_partial(&self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(MAGIC)?;
        let zipped = GzEncoder::new(out, Compression::fast());
        let mut out = Writer(BufWriter::with_capacity(1 << 16, zipped));
        let read: Vec<Cow<str>> = (0..self.texts.len() as u32)
            .map(|text| self.texts.get(text).read())
            .collect::<io::Result<_>>()?;
        let mut strings = Sorted::new(self.strings.len(), |string| self.strings.get(string));
        let mut texts = Sorted::new(read.len(), |text| &*read[text as usize]);
        let mut used = vec![false; self.signatures.len()];
        for entry in &self.articles {
            strings_of(entry, &mut |string| strings.use_it(string));
            entry
                .quotes
                .iter()
                .for_each(|quote| texts.use_it(quote.text));
            if let Some(signature) = entry.signature {
                used[signature as usize] = true;
            }
        }
        strings.write(&mut out)?;
        texts.write(&mut out)?;
        let signatures = self.write_signatures(&used, &mut out)?;
        let mut articles: Vec<&Entry> = self.articles.iter().collect();
        articles.sort_unstable_by_key(|entry| (strings.rank(entry.source), entry.digest));
        out.count(articles.len())?;
        for entry in articles {
            let signature = entry.signature.map(|place| signatures[place as usize]);
            out.entry(entry, signature, &strings.ranks, &texts.ranks)?;
        }
        out.0.into_inner()?.finish()?;
        Ok(())
    }

    /// Writes the signatures that are used, sorted; gives the new number of each.
    fn write_signatures<W: Write>(
        &self,
        used: &[bool],
        out: &mut Writer<W>,
    ) -> io::Result<Vec<u32>> {
        let mut order: Vec<u32> = (0_u32..)
            .zip(used)
            .filter_map(|(at, used)| used.then_some(at))
            .collect();
        let signature = |at: u32| &self.signatures[at as usize];
        order.sort_unstable_by(|a, b| signature(*a).cmp(signature(*b)));
        let mut ranks = vec![0; self.signatures.len()];
        let equal = |a: &u32, b: &u32| signature(*a) == signature(*b);
        out.count(order.chunk_by(equal).count())?;
        for (rank, equal) in (0_u32..).zip(order.chunk_by(equal)) {
            for &at in equal {
                ranks[at as usize] = rank;
            }
            let Signature { samples, whole } = signature(equal[0]);
            out.word(*whole)?;
            out.count(samples.len())?;
            for sample in samples {
                out.0.write_all(&sample.to_le_bytes())?;
            }
        }
        Ok(ranks)
    }

    /// Reads what [`Builder::write_partial`] wrote. O(size); memory is taken only for what is really there.
    ///
    /// # Errors
    /// [`PartialError`] for anything else, be it cut short or made to look alike.
    pub fn read_partial(input: impl Read) -> Result<Self, PartialError> {
        let mut input = BufReader::with_capacity(1 << 16, input);
        let mut magic = Vec::with_capacity(MAGIC.len());
        input
            .by_ref()
            .take(MAGIC.len() as u64)
            .read_to_end(&mut magic)?;
        if magic != MAGIC {
            return Err(PartialError::Foreign);
        }
        let unzipped = GzDecoder::new(input);
        let mut from = Reader(BufReader::with_capacity(1 << 16, unzipped));
        let mut builder = Self::new();
        from.texts(|text| builder.strings.add(text))?;
        from.texts(|text| builder.texts.add(text))?;
        for _ in 0..from.number()? {
            let whole = from.word()?;
            let mut samples = Vec::new();
            for _ in 0..from.number()? {
                samples.push(u32::from_le_bytes(from.bytes()?));
            }
            builder.push_signature(Signature {
                samples: samples.into(),
                whole,
            });
        }
        for _ in 0..from.number()? {
            let entry = from.entry(&builder)?;
            if !builder.push_entry(entry) {
                return Err(PartialError::Broken("an article that comes twice"));
            }
        }
        // The checksum stands at the end.
        if from.0.read(&mut [0])? != 0 || from.0.into_inner().into_inner().read(&mut [0])? != 0 {
            return Err(PartialError::Broken("something follows its end"));
        }
        Ok(builder)
    }
}

/// Calls `take` with the number of every string of an article.
fn strings_of(entry: &Entry, take: &mut dyn FnMut(u32)) {
    take(entry.source);
    [entry.title, entry.outlet, entry.url]
        .into_iter()
        .flatten()
        .for_each(&mut *take);
    take(entry.encoding);
    take(entry.problem);
    for named in &entry.entities {
        [named.id, named.name, named.kind]
            .into_iter()
            .for_each(&mut *take);
    }
    for form in &entry.forms {
        [form.id, form.text].into_iter().for_each(&mut *take);
    }
    for stated in &entry.relations {
        [stated.subject, stated.kind, stated.object]
            .into_iter()
            .for_each(&mut *take);
    }
    for reported in &entry.agreements {
        let ids = reported.parties.iter().chain(&reported.about);
        ids.copied().for_each(&mut *take);
    }
}

/// The strings that are used, by their bytes.
struct Sorted<F> {
    get: F,
    /// The rank of each string; before [`Sorted::write`], whether it is used.
    ranks: Vec<u32>,
}

impl<'a, F: Fn(u32) -> &'a str> Sorted<F> {
    fn new(count: usize, get: F) -> Self {
        Self {
            get,
            ranks: vec![0; count],
        }
    }

    fn use_it(&mut self, string: u32) {
        self.ranks[string as usize] = 1;
    }

    fn rank(&self, string: u32) -> u32 {
        self.ranks[string as usize]
    }

    /// Writes the strings; from then on their ranks are known.
    fn write<W: Write>(&mut self, out: &mut Writer<W>) -> io::Result<()> {
        let mut order: Vec<u32> = (0_u32..)
            .zip(&self.ranks)
            .filter_map(|(at, used)| (*used == 1).then_some(at))
            .collect();
        order.sort_unstable_by_key(|at| (self.get)(*at));
        out.count(order.len())?;
        for (rank, at) in (0_u32..).zip(order) {
            self.ranks[at as usize] = rank;
            out.text((self.get)(at))?;
        }
        Ok(())
    }
}

struct Writer<W: Write>(BufWriter<W>);

impl<W: Write> Writer<W> {
    fn number(&mut self, mut value: u64) -> io::Result<()> {
        while value >= 0x80 {
            self.0.write_all(&[value as u8 | 0x80])?;
            value >>= 7;
        }
        self.0.write_all(&[value as u8])
    }

    fn count(&mut self, value: usize) -> io::Result<()> {
        self.number(value as u64)
    }

    fn word(&mut self, value: u64) -> io::Result<()> {
        self.0.write_all(&value.to_le_bytes())
    }

    fn text(&mut self, text: &str) -> io::Result<()> {
        self.count(text.len())?;
        self.0.write_all(text.as_bytes())
    }

    fn option(&mut self, value: Option<u32>) -> io::Result<()> {
        self.number(value.map_or(0, |value| u64::from(value) + 1))
    }

    fn date(&mut self, date: Option<Date>) -> io::Result<()> {
        let number = |date: Date| {
            let year = (i32::from(date.year()) - i32::from(Date::MIN.year())).cast_unsigned();
            (year << 9 | u32::from(date.month().cast_unsigned()) << 5)
                | u32::from(date.day().cast_unsigned())
        };
        self.option(date.map(number))
    }

    fn entry(
        &mut self,
        entry: &Entry,
        signature: Option<u32>,
        strings: &[u32],
        texts: &[u32],
    ) -> io::Result<()> {
        let rank = |string: u32| u64::from(strings[string as usize]);
        self.number(rank(entry.source))?;
        self.word(entry.digest)?;
        for text in [entry.title, entry.outlet, entry.url] {
            self.option(text.map(|text| strings[text as usize]))?;
        }
        self.date(entry.published)?;
        self.number(rank(entry.encoding))?;
        self.number(rank(entry.problem))?;
        self.number(entry.status as u64)?;
        self.number(u64::from(entry.stated))?;
        self.option(signature)?;
        self.count(entry.entities.len())?;
        for named in &entry.entities {
            self.number(rank(named.id))?;
            self.number(rank(named.name))?;
            self.number(rank(named.kind))?;
            self.number(u64::from(named.mentions) << 1 | u64::from(named.known))?;
        }
        self.count(entry.forms.len())?;
        for form in &entry.forms {
            self.number(rank(form.id))?;
            self.number(rank(form.text))?;
            self.number(u64::from(form.count))?;
        }
        self.count(entry.relations.len())?;
        for stated in &entry.relations {
            self.number(rank(stated.subject))?;
            self.number(rank(stated.kind))?;
            self.number(rank(stated.object))?;
            self.number(u64::from(stated.sentence) << 2 | stated.status as u64)?;
            self.date(stated.date)?;
        }
        self.count(entry.agreements.len())?;
        for reported in &entry.agreements {
            for ids in [&reported.parties, &reported.about] {
                self.count(ids.len())?;
                for &id in ids {
                    self.number(rank(id))?;
                }
            }
            self.number(u64::from(reported.sentence) << 2 | reported.status as u64)?;
            self.date(reported.date)?;
        }
        self.count(entry.quotes.len())?;
        for quote in &entry.quotes {
            self.number(u64::from(quote.number))?;
            self.number(u64::from(quote.start))?;
            self.number(u64::from(quote.end))?;
            self.number(u64::from(texts[quote.text as usize]))?;
        }
        Ok(())
    }
}

struct Reader<R: Read>(BufReader<R>);

type Got<T> = Result<T, PartialError>;

impl<R: Read> Reader<R> {
    fn bytes<const N: usize>(&mut self) -> Got<[u8; N]> {
        let mut bytes = [0; N];
        self.0.read_exact(&mut bytes)?;
        Ok(bytes)
    }

    fn word(&mut self) -> Got<u64> {
        Ok(u64::from_le_bytes(self.bytes()?))
    }

    fn number(&mut self) -> Got<u64> {
        let mut value = 0;
        for shift in (0..63).step_by(7) {
            let [byte] = self.bytes()?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(value);
            }
        }
        Err(PartialError::Broken("a number that is too large"))
    }

    fn small(&mut self) -> Got<u32> {
        let number = self.number()?;
        u32::try_from(number).map_err(|_| PartialError::Broken("a number that is too large"))
    }

    /// A number below `limit`.
    fn below(&mut self, limit: usize) -> Got<u32> {
        let number = self.small()?;
        if number as usize >= limit {
            return Err(PartialError::Broken("a number without what it numbers"));
        }
        Ok(number)
    }

    fn option_below(&mut self, limit: usize) -> Got<Option<u32>> {
        match self.number()? {
            0 => Ok(None),
            number if number <= limit as u64 => Ok(Some(number as u32 - 1)),
            _ => Err(PartialError::Broken("a number without what it numbers")),
        }
    }

    fn text(&mut self) -> Got<String> {
        let length = self.number()?;
        let mut bytes = Vec::new();
        self.0.by_ref().take(length).read_to_end(&mut bytes)?;
        if bytes.len() as u64 != length {
            return Err(io::Error::from(io::ErrorKind::UnexpectedEof).into());
        }
        String::from_utf8(bytes).map_err(|_| PartialError::Broken("a text that is not UTF-8"))
    }

    /// Texts one after the other, each of which `add` has to number anew.
    fn texts(&mut self, mut add: impl FnMut(&str) -> u32) -> Got<()> {
        for place in 0..self.number()? {
            let text = self.text()?;
            if u64::from(add(&text)) != place {
                return Err(PartialError::Broken("a text that comes twice"));
            }
        }
        Ok(())
    }

    /// Items one after the other, after their number.
    fn list<T>(&mut self, mut item: impl FnMut(&mut Self) -> Got<T>) -> Got<Box<[T]>> {
        let count = self.number()?;
        let mut items = Vec::new();
        for _ in 0..count {
            items.push(item(self)?);
        }
        Ok(items.into())
    }

    fn date(&mut self) -> Got<Option<Date>> {
        let Some(number) = self.option_below(u32::MAX as usize)? else {
            return Ok(None);
        };
        let wrong = PartialError::Broken("a day that is none");
        let year = i64::from(number >> 9) + i64::from(Date::MIN.year());
        let (Ok(year), Ok(month), Ok(day)) = (
            i16::try_from(year),
            i8::try_from(number >> 5 & 15),
            i8::try_from(number & 31),
        ) else {
            return Err(wrong);
        };
        Date::new(year, month, day).map(Some).map_err(|_| wrong)
    }

    /// A sentence's number and what is said there.
    fn said(&mut self) -> Got<(u32, Status)> {
        let number = self.number()?;
        let status = match number & 3 {
            0 => Status::Done,
            1 => Status::Planned,
            2 => Status::Dictionary,
            _ => return Err(PartialError::Broken("a status that is none")),
        };
        let sentence = u32::try_from(number >> 2)
            .map_err(|_| PartialError::Broken("a number that is too large"))?;
        Ok((sentence, status))
    }

    fn entry(&mut self, builder: &Builder) -> Got<Entry> {
        let strings = builder.strings.len();
        let texts = builder.texts.len();
        let source = self.below(strings)?;
        let digest = self.word()?;
        let title = self.option_below(strings)?;
        let outlet = self.option_below(strings)?;
        let url = self.option_below(strings)?;
        let published = self.date()?;
        let encoding = self.below(strings)?;
        let problem = self.below(strings)?;
        let status = match self.number()? {
            0 => Reading::Ok,
            1 => Reading::Partial,
            2 => Reading::Failed,
            _ => return Err(PartialError::Broken("a status that is none")),
        };
        let stated = self.small()?;
        let signature = self.option_below(builder.signatures.len())?;
        let entities = self.list(|from| {
            let (id, name, kind) = (
                from.below(strings)?,
                from.below(strings)?,
                from.below(strings)?,
            );
            let number = from.number()?;
            let mentions = u32::try_from(number >> 1)
                .map_err(|_| PartialError::Broken("a number that is too large"))?;
            Ok(Named {
                id,
                name,
                kind,
                known: number & 1 == 1,
                mentions,
            })
        })?;
        let forms = self.list(|from| {
            Ok(Form {
                id: from.below(strings)?,
                text: from.below(strings)?,
                count: from.small()?,
            })
        })?;
        let relations = self.list(|from| {
            let (subject, kind, object) = (
                from.below(strings)?,
                from.below(strings)?,
                from.below(strings)?,
            );
            let (sentence, status) = from.said()?;
            Ok(Stated {
                subject,
                kind,
                object,
                status,
                date: from.date()?,
                sentence,
            })
        })?;
        let agreements = self.list(|from| {
            let parties = from.list(|from| from.below(strings))?;
            let about = from.list(|from| from.below(strings))?;
            let (sentence, status) = from.said()?;
            Ok(Reported {
                parties,
                about,
                status,
                date: from.date()?,
                sentence,
            })
        })?;
        let quotes = self.list(|from| {
            Ok(Quote {
                number: from.small()?,
                start: from.small()?,
                end: from.small()?,
                text: from.below(texts)?,
            })
        })?;
        if !quotes.is_sorted_by(|a, b| a.number < b.number) {
            return Err(PartialError::Broken("sentences that are not in order"));
        }
        Ok(Entry {
            source,
            digest,
            title,
            published,
            outlet,
            url,
            encoding,
            problem,
            status,
            stated,
            signature,
            entities,
            forms,
            relations,
            agreements,
            quotes,
        })
    }
}
