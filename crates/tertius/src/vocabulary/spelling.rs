//! The allowed word that somebody may have meant.

/// Words longer than this are not misspellings, and the distance costs the product of both lengths.
const LONGEST: usize = 64;

/// The allowed word nearest to what was written, if one is near enough to be meant: at most a third of
/// its letters away, and always at most one. Ties go to the first in the order of the alphabet.
pub(crate) fn nearest<'a>(
    word: &str,
    allowed: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let short = |s: &str| s.chars().take(LONGEST + 1).count() <= LONGEST;
    if !short(word) {
        return None;
    }
    let word = word.to_lowercase();
    allowed
        .into_iter()
        .filter(|a| short(a))
        .map(|a| (edit_distance(&word, &a.to_lowercase()), a))
        .min()
        .filter(|(d, a)| *d <= (a.chars().count() / 3).max(1))
        .map(|(_, a)| a)
}

/// Insertions, deletions, substitutions and exchanges of neighbours, each at cost 1, no letter touched
/// twice (Damerau 1964).
pub(super) fn edit_distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut before = vec![0; b.len() + 1];
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 0..a.len() {
        let mut row = vec![i + 1; b.len() + 1];
        for j in 0..b.len() {
            let substituted = last[j] + usize::from(a[i] != b[j]);
            let mut least = substituted.min(row[j] + 1).min(last[j + 1] + 1);
            if i > 0 && j > 0 && a[i] == b[j - 1] && a[i - 1] == b[j] {
                least = least.min(before[j - 1] + 1);
            }
            row[j + 1] = least;
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelling_finds_its_word_and_garbage_finds_none() {
        let words = ["rival_contact", "support", "own_gain"];
        assert_eq!(nearest("rival_contract", words), Some("rival_contact"));
        assert_eq!(nearest("suport", words), Some("support"));
        assert_eq!(nearest("SUPPORT", words), Some("support"));
        assert_eq!(nearest("xyz", words), None);
        assert_eq!(nearest(&"support".repeat(1000), words), None);
        assert_eq!(nearest("suport", ["support".repeat(1000).as_str()]), None);
    }

    #[test]
    fn edit_distance_of_textbook_words() {
        assert_eq!(edit_distance("kitten", "sitting"), 3);
        assert_eq!(edit_distance("", "abc"), 3);
        assert_eq!(edit_distance("abc", ""), 3);
        assert_eq!(edit_distance("JNP", "JPN"), 1);
        assert_eq!(edit_distance("ca", "abc"), 3);
    }
}
