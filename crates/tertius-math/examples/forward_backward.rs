//! Log likelihoods of sixteen states, what forward-backward makes of them and how long it takes: for a
//! peer to do the same with. `cargo run --release -p tertius-math --example forward_backward -- FOLDER`

use std::error::Error;
use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use tertius_math::hidden_markov::{Chain, Workspace, smooth};

const STATES: usize = 16;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("a folder to write to")?;
    let folder = Path::new(&folder);
    fs::create_dir_all(folder)?;
    let mut rng = ChaCha8Rng::seed_from_u64(1);
    let initial = vec![1.0 / STATES as f64; STATES];
    let transition: Vec<f64> = (0..STATES * STATES)
        .map(|i| if i % (STATES + 1) == 0 { 0.85 } else { 0.01 })
        .collect();
    write(folder, "initial", &initial)?;
    write(folder, "transition", &transition)?;
    let mut results = String::from("months,log_likelihood,seconds\n");
    for months in [100usize, 1_000, 10_000] {
        let table: Vec<f64> = (0..months * STATES)
            .map(|_| -8.0 * rng.random::<f64>())
            .collect();
        let mut room = Workspace::new();
        let mut best = f64::INFINITY;
        // The least of many: what else runs on the machine only ever adds.
        for _ in 0..(2_000_000 / months).clamp(50, 2_000) {
            let start = Instant::now();
            let chain = Chain::new(&initial, &transition, &table)?;
            smooth(black_box(&chain), &mut room)?;
            best = best.min(start.elapsed().as_secs_f64());
        }
        write(folder, &format!("log_likelihoods_{months}"), &table)?;
        write(folder, &format!("smoothed_{months}"), room.smoothed())?;
        results += &format!("{months},{:.17e},{best:e}\n", room.log_likelihood());
    }
    fs::write(folder.join("ours.csv"), results)?;
    Ok(())
}

/// Numbers as eight bytes each, the least significant first.
fn write(folder: &Path, name: &str, numbers: &[f64]) -> Result<(), Box<dyn Error>> {
    let bytes: Vec<u8> = numbers.iter().flat_map(|x| x.to_le_bytes()).collect();
    fs::write(folder.join(name).with_extension("f64"), bytes)?;
    Ok(())
}
