//! Independent pieces of work, one thread each where threads are to be had.

use std::panic::resume_unwind;
use std::thread::{Builder, scope};

/// `f(0)`, `f(1)`, …, `f(n − 1)`, in that order whatever the number of threads; where none can be
/// started (WebAssembly) the work is done here.
pub(crate) fn in_threads<T: Send>(n: usize, f: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let f = &f;
    scope(|scope| {
        let started: Vec<_> = (0..n)
            .map(|i| Builder::new().spawn_scoped(scope, move || f(i)))
            .collect();
        let finish =
            |(i, thread): (usize, std::io::Result<std::thread::ScopedJoinHandle<'_, T>>)| {
                match thread {
                    Ok(handle) => handle.join().unwrap_or_else(|panic| resume_unwind(panic)),
                    Err(_) => f(i),
                }
            };
        started.into_iter().enumerate().map(finish).collect()
    })
}

/// `a()` and `b()`, side by side where a thread is to be had.
pub(crate) fn beside<A: Send, B>(a: impl Fn() -> A + Sync, b: impl FnOnce() -> B) -> (A, B) {
    let a = &a;
    scope(|scope| match Builder::new().spawn_scoped(scope, a) {
        Ok(handle) => {
            let b = b();
            (
                handle.join().unwrap_or_else(|panic| resume_unwind(panic)),
                b,
            )
        }
        Err(_) => (a(), b()),
    })
}
