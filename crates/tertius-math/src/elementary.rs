//! Exponentials and logarithms of whole slices, in arithmetic that a compiler turns into vector
//! instructions: a loop over a library's `exp` is one call a number. The same bits on every platform.

/// ln 2 in two parts: the first has 21 trailing zeros, so that a whole number times it is exact.
const LN_2: (f64, f64) = (6.931_471_803_691_238e-1, 1.908_214_929_270_587_7e-10);

/// 1.5 · 2^52: what is added to it is rounded to a whole number, which stands in its last bits.
const ROUND: f64 = 6_755_399_441_055_744.0;

/// `x ← e^x`, to within 2 units of the last place.
///
/// Below −708 the result is 0, where the true one is below 4·10⁻³⁰⁸; above 709 it is +∞. NaN stays NaN.
///
/// With `x = k ln 2 + r`, |r| ≤ ½ ln 2: `e^r = 1 + 2r / (r coth(r/2) − r)`, and the series of
/// `r coth(r/2)` in Bernoulli numbers (Abramowitz & Stegun 1964, 4.5.67) up to r¹², whose next term is
/// below 10⁻¹⁶.
///
/// ```
/// let mut x = [0.0, 1.0, -1000.0];
/// tertius_math::elementary::exp(&mut x);
/// assert!(x[0] == 1.0 && (x[1] - std::f64::consts::E).abs() < 1e-15 && x[2] == 0.0);
/// ```
pub fn exp(x: &mut [f64]) {
    x.iter_mut().for_each(|x| *x = exp_of(*x));
}

/// [`exp`] of `x − shift`, into `out`.
#[inline]
pub(crate) fn exp_shifted(x: &[f64], shift: f64, out: &mut [f64]) {
    for (out, x) in out.iter_mut().zip(x) {
        *out = exp_of(x - shift);
    }
}

#[inline(always)]
fn exp_of(x: f64) -> f64 {
    const COTH: [f64; 6] = [
        1.0 / 6.0,
        -1.0 / 360.0,
        1.0 / 15_120.0,
        -1.0 / 604_800.0,
        1.0 / 23_950_080.0,
        -691.0 / 653_837_184_000.0,
    ];
    let y = if x < -708.0 { -708.0 } else { x };
    let y = if y > 709.0 { 709.0 } else { y };
    let rounded = y * std::f64::consts::LOG2_E + ROUND;
    let k = rounded - ROUND;
    let r = (y - k * LN_2.0) - k * LN_2.1;
    let z = r * r;
    let [a, b, c, d, e, f] = COTH;
    // r coth(r/2) − 2.
    let t = z * (a + z * (b + z * (c + z * (d + z * (e + z * f)))));
    let c = r - t;
    let near_one = 1.0 + (r + r * c / (2.0 - c));
    let power = f64::from_bits(rounded.to_bits().wrapping_add(1023) << 52);
    let y = near_one * power;
    let y = if x < -708.0 { 0.0 } else { y };
    if x > 709.0 { f64::INFINITY } else { y }
}

/// `x ← ln x`, to within 2 units of the last place.
///
/// 0 gives −∞, what is negative or NaN gives NaN, +∞ stays.
///
/// With `x = 2^k m`, √½ ≤ m < √2: `ln m = 2 artanh s`, s = (m − 1)/(m + 1) (Abramowitz & Stegun 1964,
/// 4.1.27), up to s²¹, whose next term is below 10⁻¹⁷ of the first.
///
/// ```
/// let mut x = [1.0, 10.0, 0.0];
/// tertius_math::elementary::ln(&mut x);
/// assert!(x[0] == 0.0 && (x[1] - std::f64::consts::LN_10).abs() < 1e-15 && x[2] == f64::NEG_INFINITY);
/// ```
pub fn ln(x: &mut [f64]) {
    let plain = |x: &f64| *x >= f64::MIN_POSITIVE && *x <= f64::MAX;
    if x.iter().fold(true, |all, x| all & plain(x)) {
        x.iter_mut().for_each(|x| *x = ln_of(*x));
    } else {
        x.iter_mut().for_each(|x| *x = x.ln());
    }
}

/// Of a positive number that is neither subnormal nor infinite.
#[inline(always)]
fn ln_of(x: f64) -> f64 {
    const ROOT_HALF: u64 = std::f64::consts::FRAC_1_SQRT_2.to_bits();
    const BIAS: u64 = 1023;
    let bits = x.to_bits();
    // How often √½ fits in, in powers of two, plus the bias.
    let k = bits.wrapping_add((BIAS << 52).wrapping_sub(ROOT_HALF)) >> 52;
    let m = f64::from_bits(bits.wrapping_sub(k.wrapping_sub(BIAS) << 52));
    // 2^52 + k, less 2^52 and the bias.
    let k = f64::from_bits(k | (1075 << 52)) - (4_503_599_627_370_496.0 + BIAS as f64);
    let f = m - 1.0;
    let s = f / (2.0 + f);
    let z = s * s;
    let mut sum = 1.0 / 21.0;
    for n in (1..10).rev() {
        sum = 1.0 / f64::from(2 * n + 1) + z * sum;
    }
    k * LN_2.0 + (2.0 * s + (2.0 * s * z * sum + k * LN_2.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Against the platform's own, which is within one unit of the last place: three units together.
    fn close(ours: f64, theirs: f64, x: f64) {
        assert!(
            (ours - theirs).abs() <= 3.0 * f64::EPSILON * theirs.abs(),
            "{x}: {ours} {theirs}"
        );
    }

    #[test]
    fn exponentials_agree_with_the_platform() {
        let grid: Vec<f64> = (-70_700..70_900)
            .map(|i| f64::from(i) * 0.01 + f64::from(i % 7) * 1e-4)
            .collect();
        let mut found = grid.clone();
        exp(&mut found);
        for (x, y) in grid.iter().zip(found) {
            close(y, x.exp(), *x);
        }
        let mut odd = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -0.0, -708.5];
        exp(&mut odd);
        assert!(odd[0].is_nan() && odd[1] == f64::INFINITY);
        assert_eq!(odd[2..], [0.0, 1.0, 0.0]);
    }

    #[test]
    fn logarithms_agree_with_the_platform() {
        let mut grid: Vec<f64> = (-3000..3000).map(|i| (f64::from(i) * 0.23).exp()).collect();
        // About 1, where every digit of the difference from it counts.
        grid.extend((-2000..2000).map(|i| 1.0 + f64::from(i) * 1e-4));
        grid.extend((1..50).map(|i| 1.0 - f64::from(i) * f64::EPSILON));
        grid.retain(|x| *x >= f64::MIN_POSITIVE && x.is_finite());
        let mut found = grid.clone();
        ln(&mut found);
        for (x, y) in grid.iter().zip(found) {
            close(y, x.ln(), *x);
        }
        let mut odd = [0.0, -1.0, f64::INFINITY, 5e-324, f64::NAN];
        ln(&mut odd);
        assert!(odd[0] == f64::NEG_INFINITY && odd[1].is_nan() && odd[4].is_nan());
        assert_eq!(odd[2..4], [f64::INFINITY, 5e-324f64.ln()]);
    }
}
