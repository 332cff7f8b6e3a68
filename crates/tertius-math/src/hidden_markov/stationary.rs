//! The law that a transition leaves as it is.

use super::HiddenMarkovError;

/// π with π P = π, for an S × S transition in rows, by the elimination of Grassmann, Taksar and Heyman
/// (1985): it subtracts nothing, so small probabilities keep their digits.
///
/// # Errors
///
/// [`HiddenMarkovError::NoStationaryLaw`] where the states fall into more than one closed class;
/// [`HiddenMarkovError::Shape`] where the array is not square.
///
/// ```
/// let law = tertius_math::hidden_markov::stationary(&[0.9, 0.1, 0.3, 0.7], 2).unwrap();
/// assert!((law[0] - 0.75).abs() < 1e-15);
/// ```
pub fn stationary(transition: &[f64], states: usize) -> Result<Vec<f64>, HiddenMarkovError> {
    let s = states;
    if s == 0 || transition.len() != s * s {
        let (what, len, must) = ("transition", transition.len(), s * s);
        return Err(HiddenMarkovError::Shape { what, len, must });
    }
    let mut a = transition.to_vec();
    // Take the last state out of the chain, again and again: what passed through it goes around it.
    for n in (1..s).rev() {
        let out: f64 = a[n * s..n * s + n].iter().sum();
        if out <= 0.0 {
            return Err(HiddenMarkovError::NoStationaryLaw);
        }
        let (head, tail) = a.split_at_mut(n * s);
        let from = &tail[..n];
        for row in head.chunks_exact_mut(s) {
            row[n] /= out;
            let into = row[n];
            for (x, &f) in row[..n].iter_mut().zip(from) {
                *x += into * f;
            }
        }
    }
    let mut law = vec![0.0; s];
    law[0] = 1.0;
    for n in 1..s {
        law[n] = (0..n).map(|i| law[i] * a[i * s + n]).sum();
    }
    let sum: f64 = law.iter().sum();
    law.iter_mut().for_each(|p| *p /= sum);
    Ok(law)
}
