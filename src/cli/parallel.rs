//! Work in parallel, answers in order, memory bounded.

use std::num::NonZero;
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread;

/// How many items a thread may be ahead of the answer that is taken next.
const AHEAD: usize = 16;

/// Calls `work` on every item, on `threads` threads, and `take` on every answer, in the order of the items.
///
/// So what is taken never depends on the number of threads. Items are drawn one at a time, as room for them
/// becomes free: a slow item holds the others back before memory fills, and the answer to an item does not
/// wait for the items after it. The first error of `take` ends the work.
pub fn in_order<I: Send, O: Send, E>(
    threads: NonZero<usize>,
    items: impl Iterator<Item = I> + Send,
    work: impl Fn(I) -> O + Sync,
    take: impl FnMut(O) -> Result<(), E>,
) -> Result<(), E> {
    if threads.get() == 1 {
        return items.map(work).try_for_each(take);
    }
    // Each item travels with a way back; the ways back stand in a queue, in the order of the items.
    let (jobs, todo) = mpsc::sync_channel::<(I, mpsc::SyncSender<O>)>(threads.get());
    let (queue, answers) = mpsc::sync_channel::<mpsc::Receiver<O>>(threads.get() * AHEAD);
    let todo = Arc::new(Mutex::new(todo));
    let work = &work;
    // Where the feeder cannot start, what it should have fed is taken back.
    let items = Mutex::new(Some(items));
    let draw = || items.lock().unwrap_or_else(PoisonError::into_inner).take();
    thread::scope(|scope| {
        let mut working = 0;
        for _ in 0..threads.get() {
            let todo = Arc::clone(&todo);
            let worker = move || {
                loop {
                    let job = todo.lock().unwrap_or_else(PoisonError::into_inner).recv();
                    let Ok((item, answer)) = job else { break };
                    // Nobody listens any more once an earlier answer could not be taken.
                    let _ = answer.send(work(item));
                }
            };
            // With too little memory for all of them, fewer do.
            match thread::Builder::new().spawn_scoped(scope, worker) {
                Ok(_) => working += 1,
                Err(_) => break,
            }
        }
        // Only the workers hold the receiver now: were they all to panic, the feeder would notice.
        drop(todo);
        let feeder = || {
            let feed = move || {
                for item in draw().into_iter().flatten() {
                    let (answer, reply) = mpsc::sync_channel(1);
                    if queue.send(reply).is_err() || jobs.send((item, answer)).is_err() {
                        break;
                    }
                }
            };
            thread::Builder::new().spawn_scoped(scope, feed).is_ok()
        };
        if working == 0 || !feeder() {
            return draw().into_iter().flatten().map(work).try_for_each(take);
        }
        // A way back without an answer means that `work` panicked; the scope passes the panic on.
        answers
            .into_iter()
            .map_while(|reply| reply.recv().ok())
            .try_for_each(take)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn threads(n: usize) -> NonZero<usize> {
        NonZero::new(n).unwrap()
    }

    #[test]
    fn answers_come_in_the_order_of_the_items_on_any_number_of_threads() {
        for n in [1, 2, 7] {
            let mut taken = Vec::new();
            // Some take longer than those after them.
            let work = |i: u64| {
                let rounds = (i * 7919) % 50 * 1000;
                std::hint::black_box((0..rounds).fold(i, |a, b| a ^ b.wrapping_mul(31)));
                i * 2
            };
            in_order(threads(n), 0..500, work, |o| {
                taken.push(o);
                Ok::<_, ()>(())
            })
            .unwrap();
            assert!(taken.iter().copied().eq((0..500).map(|i| i * 2)));
        }
    }

    #[test]
    fn an_error_ends_the_work_and_no_more_is_drawn_than_the_queue_holds() {
        for n in [1, 2] {
            let drawn = std::sync::atomic::AtomicUsize::new(0);
            let items = (0..1_000_000).inspect(|_| {
                drawn.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            });
            let result = in_order(
                threads(n),
                items,
                |i| i,
                |i| if i == 9 { Err(i) } else { Ok(()) },
            );
            assert_eq!(result, Err(9));
            assert!(drawn.into_inner() < 100 + n * AHEAD);
        }
    }

    #[test]
    #[should_panic(expected = "a scoped thread panicked")]
    fn a_panic_is_passed_on_instead_of_waiting_for_ever() {
        let work = |i: i32| assert!(i < 3, "three");
        let _ = in_order(threads(2), 0..1000, work, Ok::<_, ()>);
    }
}
