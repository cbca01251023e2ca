//! A bar for long runs, on standard error, where that is a terminal.

use std::fmt::Display;
use std::io::{self, IsTerminal};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::print;

/// A run that takes less shows no bar.
const PATIENCE: Duration = Duration::from_millis(700);

/// How far a run has come, and how long it has taken.
pub struct Progress {
    started: Instant,
    done: u64,
    total: Option<u64>,
    bar: Bar,
}

enum Bar {
    /// Standard error is no terminal, or results go to the same one.
    Never,
    /// Not before [`PATIENCE`] has passed.
    NotYet,
    Shown(ProgressBar),
}

impl Progress {
    /// Starts the clock. `total` is how many articles there are, where that is known beforehand.
    pub fn start(total: Option<u64>) -> Self {
        let bar = if io::stderr().is_terminal() {
            Bar::NotYet
        } else {
            Bar::Never
        };
        Self {
            started: Instant::now(),
            done: 0,
            total,
            bar,
        }
    }

    /// Counts the time and shows nothing.
    pub fn hidden() -> Self {
        let bar = Bar::Never;
        Self {
            started: Instant::now(),
            done: 0,
            total: None,
            bar,
        }
    }

    /// One more article is done.
    pub fn advance(&mut self) {
        self.done += 1;
        match &self.bar {
            Bar::Never => {}
            Bar::NotYet => {
                if self.started.elapsed() > PATIENCE {
                    let bar = bar(self.total).with_elapsed(self.started.elapsed());
                    bar.set_position(self.done);
                    self.bar = Bar::Shown(bar);
                }
            }
            Bar::Shown(bar) => bar.inc(1),
        }
    }

    /// A line on standard error, above the bar.
    pub fn note(&self, line: impl Display) {
        match &self.bar {
            Bar::Shown(bar) => bar.suspend(|| print::note(line)),
            Bar::Never | Bar::NotYet => print::note(line),
        }
    }

    /// What the bar says when the articles are read and the rest of the work is under way.
    pub fn stage(&self, stage: &'static str) {
        if let Bar::Shown(bar) = &self.bar {
            bar.set_message(stage);
        }
    }

    /// Takes the bar away; returns how long the run has taken.
    pub fn finish(self) -> Duration {
        if let Bar::Shown(bar) = &self.bar {
            bar.finish_and_clear();
        }
        self.started.elapsed()
    }
}

fn bar(total: Option<u64>) -> ProgressBar {
    let template = match total {
        Some(_) => "{bar:30} {human_pos} of {human_len} articles, {eta} left {msg}",
        None => "{spinner} {human_pos} articles, {elapsed} {msg}",
    };
    let bar = ProgressBar::with_draw_target(total, ProgressDrawTarget::stderr());
    match ProgressStyle::with_template(template) {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
