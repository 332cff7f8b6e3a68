//! What is done with arbitrary bytes: the same here, under proptest, and in `fuzz/`, under a fuzzer. It stands alone, so
//! that both can take it in.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use tertius_data::catalogue::{CATALOGUE, Part};
use tertius_data::datasets::un_votes::read_weights;
use tertius_data::table::RawFile;

/// Bytes as a file of the dataset that the first of them chooses.
pub(crate) fn datasets(bytes: &[u8]) {
    let parts: Vec<&Part> = CATALOGUE.iter().flat_map(|d| d.parts).collect();
    let Some((first, rest)) = bytes.split_first() else {
        return;
    };
    part(parts[usize::from(*first) % parts.len()], rest);
    if let Ok((_, account)) = read_weights(&RawFile::new("f", rest.to_vec())) {
        assert!(account.balances(), "weights");
    }
}

/// Bytes as they are, under the header of a table, and packed: an answer or a problem, and the sum comes out.
pub(crate) fn part(part: &Part, bytes: &[u8]) {
    let names: Vec<&str> = part.fields.iter().map(|f| f.names[0]).collect();
    let mut text = (names.join(",") + "\n").into_bytes();
    text.extend(bytes);
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    let packed = packed.write_all(&text).and_then(|()| packed.finish());
    for file in [Ok(bytes.to_vec()), Ok(text.clone()), packed] {
        let Ok(file) = file else { continue };
        if let Ok(account) = (part.read)(&RawFile::new("f", file)) {
            assert!(account.balances(), "{}", part.id);
        }
    }
}
