//! Integration by nodes and weights.

/// Nodes and weights of n-point Gauss-Legendre integration on (0, 1), `∫ f ≈ Σ w_i f(x_i)`, exact for
/// polynomials up to degree 2n − 1. By Newton's method on the Legendre recurrence (Press et al. 2007,
/// section 4.6). No nodes: an empty list.
///
/// ```
/// use tertius_math::quadrature::gauss_legendre;
/// // ∫ x³ dx from 0 to 1, which two nodes give exactly.
/// let sum: f64 = gauss_legendre(2).iter().map(|(x, w)| w * x.powi(3)).sum();
/// assert!((sum - 0.25).abs() < 1e-15);
/// ```
pub fn gauss_legendre(n: usize) -> Vec<(f64, f64)> {
    (0..n)
        .map(|i| {
            let mut x = (std::f64::consts::PI * (i as f64 + 0.75) / (n as f64 + 0.5)).cos();
            let mut slope = 1.0;
            for _ in 0..100 {
                let (mut before, mut now) = (1.0, x);
                for k in 2..=n {
                    let k = k as f64;
                    (before, now) = (now, ((2.0 * k - 1.0) * x * now - (k - 1.0) * before) / k);
                }
                slope = n as f64 * (x * now - before) / (x * x - 1.0);
                let step = now / slope;
                x -= step;
                if step.abs() < 1e-15 {
                    break;
                }
            }
            (0.5 * (1.0 - x), 1.0 / ((1.0 - x * x) * slope * slope))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sixteen_nodes_integrate_a_polynomial_of_degree_31() {
        // Exact up to degree 2n − 1: ∫ x^31 = 1/32, to rounding.
        let sum: f64 = gauss_legendre(16).iter().map(|(x, w)| w * x.powi(31)).sum();
        assert!((sum - 1.0 / 32.0).abs() < 1e-15, "{sum}");
    }
}
