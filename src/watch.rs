//! Listening to the steps: what `ieum explain` shows is what they say while they decide.
//!
//! A step takes a [`Watch`] and tells it what it decides. The one that nobody listens to is `()`: it makes no event,
//! so that the same code without a listener costs nothing.

/// Listens to a step that decides things; `E` is a decision.
pub trait Watch<E> {
    /// Whether anybody listens: for events that are work to put together.
    const LISTENS: bool;

    /// Takes an event; `event` makes it, if anybody wants it.
    fn see(&mut self, event: impl FnOnce() -> E);
}

impl<E> Watch<E> for () {
    const LISTENS: bool = false;

    fn see(&mut self, _: impl FnOnce() -> E) {}
}

impl<E> Watch<E> for Vec<E> {
    const LISTENS: bool = true;

    fn see(&mut self, event: impl FnOnce() -> E) {
        self.push(event());
    }
}
