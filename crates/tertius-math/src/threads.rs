//! Independent pieces of work over the cores of the machine.

use std::sync::{Mutex, PoisonError};
use std::thread::{Builder, available_parallelism, scope};

/// How many threads there is work for.
pub(crate) fn cores() -> usize {
    available_parallelism().map_or(1, usize::from)
}

/// `work(room, i, &mut items[i])` for every item, `room` being scratch space of the thread that does
/// it. What is done with one item may depend on no other and on nothing left in the room, so that the
/// answer is the same for any number of threads. The calling thread takes part: where no other can be
/// started (WebAssembly) it does all the work.
pub(crate) fn for_each<T: Send, Room>(
    threads: usize,
    items: &mut [T],
    room: impl Fn() -> Room + Sync,
    work: impl Fn(&mut Room, usize, &mut T) + Sync,
) {
    // Pieces small enough to even out, large enough that the queue costs nothing.
    let run = items.len().div_ceil(threads.max(1) * 8).max(1);
    let queue = Mutex::new(items.chunks_mut(run).enumerate());
    let take = || queue.lock().unwrap_or_else(PoisonError::into_inner).next();
    let labour = || {
        let mut room = room();
        while let Some((piece, chunk)) = take() {
            for (i, item) in chunk.iter_mut().enumerate() {
                work(&mut room, piece * run + i, item);
            }
        }
    };
    scope(|scope| {
        for _ in 1..threads {
            let started = Builder::new().spawn_scoped(scope, labour);
            if started.is_err() {
                break;
            }
        }
        labour();
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_item_is_done_once_whatever_the_number_of_threads() {
        for threads in [0, 1, 2, 3, 17] {
            for n in [0usize, 1, 5, 100, 1001] {
                let mut items = vec![0usize; n];
                for_each(threads, &mut items, || (), |(), i, x| *x += i + 1);
                assert!(items.iter().enumerate().all(|(i, x)| *x == i + 1));
            }
        }
    }
}
