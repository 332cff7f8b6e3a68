//! Distributions of sums and differences of independent bounded variables, by convolution on equally
//! spaced points: no random numbers, and so no Monte Carlo error.

/// A distribution on equally spaced points, each with the mass of the cell of one step around it.
#[derive(Clone, Debug, PartialEq)]
pub struct Lattice {
    first: f64,
    step: f64,
    mass: Vec<f64>,
}

/// A bounded variable: the range that holds all of it, and its distribution function.
pub struct Bounded<F> {
    /// Least and greatest value.
    pub range: [f64; 2],
    /// The share at or below a value.
    pub cdf: F,
}

impl<F: Fn(f64) -> f64> Bounded<F> {
    /// The value below which a share `u` lies, by bisection: 60 halvings of the range.
    pub fn quantile(&self, u: f64) -> f64 {
        let [mut low, mut high] = self.range;
        for _ in 0..60 {
            let middle = 0.5 * (low + high);
            if (self.cdf)(middle) < u {
                low = middle;
            } else {
                high = middle;
            }
        }
        high
    }
}

impl Lattice {
    /// A variable on cells of one width, laid so that its range lies in their middle. The lowest cell has
    /// all mass up to its upper end, the highest all that is left.
    fn centred<F: Fn(f64) -> f64>(x: &Bounded<F>, step: f64) -> Lattice {
        let [low, high] = x.range;
        let n = cells(high - low, step).max(1);
        let first = 0.5 * (low + high) - 0.5 * (n - 1) as f64 * step;
        Lattice::laid(first, step, n, &x.cdf)
    }

    fn laid<F: Fn(f64) -> f64>(first: f64, step: f64, n: usize, cdf: &F) -> Lattice {
        let mut below = 0.0;
        let mass = (0..n)
            .map(|k| {
                let here = if k + 1 == n {
                    1.0
                } else {
                    cdf(first + (k as f64 + 0.5) * step)
                };
                let mass = (here - below).max(0.0);
                below = here;
                mass
            })
            .collect();
        Lattice { first, step, mass }
    }

    /// The distribution of `a − b`, independent, on about `n` points.
    ///
    /// Cells are moved as if their mass lay in their middle, which makes the variance too small by a
    /// twelfth of a squared step. `None` where a range is not finite or turned round.
    ///
    /// ```
    /// use tertius_math::lattice::{Bounded, Lattice};
    /// let uniform = Bounded { range: [0.0, 1.0], cdf: |x: f64| x.clamp(0.0, 1.0) };
    /// let triangle = Lattice::of_difference(&uniform, &uniform, 400).unwrap();
    /// // P(a − b ≤ −½) = ⅛.
    /// assert!((triangle.quantile(0.125) + 0.5).abs() < 1e-4);
    /// ```
    pub fn of_difference<F: Fn(f64) -> f64, G: Fn(f64) -> f64>(
        a: &Bounded<F>,
        b: &Bounded<G>,
        n: usize,
    ) -> Option<Lattice> {
        let step = (width(a.range)? + width(b.range)?) / n.max(1) as f64;
        let (a, mut b) = (Lattice::centred(a, step), Lattice::centred(b, step));
        b.first = -(b.first + (b.mass.len() - 1) as f64 * step);
        b.mass.reverse();
        Some(a.convolved(&b))
    }

    /// The distribution of a sum of independent variables on about `n` points.
    ///
    /// Points are laid from the lowest value, so that mass of its own there keeps its place. `None`
    /// without variables, or where a range is not finite or turned round.
    pub fn of_sum<F: Fn(f64) -> f64>(variables: &[Bounded<F>], n: usize) -> Option<Lattice> {
        let widths: Vec<f64> = variables
            .iter()
            .map(|x| width(x.range))
            .collect::<Option<_>>()?;
        let step = widths.iter().sum::<f64>() / n.max(1) as f64;
        let laid = variables.iter().zip(widths);
        laid.map(|(x, w)| Lattice::laid(x.range[0], step, cells(w, step) + 1, &x.cdf))
            .reduce(|sum, x| sum.convolved(&x))
    }

    fn convolved(&self, other: &Lattice) -> Lattice {
        let mut mass = vec![0.0; self.mass.len() + other.mass.len() - 1];
        for (k, p) in self.mass.iter().enumerate() {
            if *p > 0.0 {
                for (m, q) in mass[k..].iter_mut().zip(&other.mass) {
                    *m += p * q;
                }
            }
        }
        Lattice {
            first: self.first + other.first,
            step: self.step,
            mass,
        }
    }

    /// Least and greatest point.
    pub fn range(&self) -> [f64; 2] {
        [
            self.first,
            self.first + (self.mass.len() - 1) as f64 * self.step,
        ]
    }

    /// Its points with the mass around each, in rising order.
    pub fn points(&self) -> impl Iterator<Item = (f64, f64)> + '_ {
        let at = |k: usize| self.first + k as f64 * self.step;
        self.mass.iter().enumerate().map(move |(k, p)| (at(k), *p))
    }

    /// A table from which the share at or below any value is read in no time.
    pub fn cumulated(&self) -> Cumulated {
        let mut sum = 0.0;
        let up_to = |p: &f64| {
            sum += p;
            sum
        };
        Cumulated {
            start: self.first - 0.5 * self.step,
            step: self.step,
            up_to: self.mass.iter().map(up_to).collect(),
        }
    }

    /// The value below which a share `u` lies: mass is even over a cell, but for the lowest, whose mass
    /// lies on its point, and nothing lies beyond the highest point.
    pub fn quantile(&self, u: f64) -> f64 {
        let mut below = 0.0;
        for (k, (x, p)) in self.points().enumerate() {
            if below + p >= u {
                if k == 0 {
                    return x;
                }
                let value = x + self.step * ((u - below) / p - 0.5);
                return value.clamp(self.first, self.range()[1]);
            }
            below += p;
        }
        self.range()[1]
    }
}

/// The distribution function of a [`Lattice`], mass taken as even over each cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Cumulated {
    start: f64,
    step: f64,
    up_to: Vec<f64>,
}

impl Cumulated {
    /// The share at or below `x`.
    pub fn at(&self, x: f64) -> f64 {
        let place = (x - self.start) / self.step;
        if place.is_nan() {
            // A lattice of one point and no width.
            return f64::from(x >= self.start);
        }
        if place <= 0.0 {
            return 0.0;
        }
        let k = place as usize;
        let before = |k: usize| if k == 0 { 0.0 } else { self.up_to[k - 1] };
        match self.up_to.get(k) {
            Some(after) => before(k) + (place - k as f64) * (after - before(k)),
            None => 1.0,
        }
    }
}

/// How many cells cover a width; one point has none.
fn cells(width: f64, step: f64) -> usize {
    if step > 0.0 {
        // A whole number of steps that rounding made longer is not worth a cell.
        (width / step - 1e-9).ceil().max(0.0) as usize
    } else {
        0
    }
}

fn width([low, high]: [f64; 2]) -> Option<f64> {
    (high - low)
        .is_finite()
        .then_some(high - low)
        .filter(|w| *w >= 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One of whole numbers 1 to `sides`.
    fn die(sides: i32) -> Bounded<impl Fn(f64) -> f64> {
        let sides = f64::from(sides);
        Bounded {
            range: [1.0, sides],
            cdf: move |x: f64| (x.floor() / sides).clamp(0.0, 1.0),
        }
    }

    fn uniform(low: f64, high: f64) -> Bounded<impl Fn(f64) -> f64> {
        Bounded {
            range: [low, high],
            cdf: move |x: f64| ((x - low) / (high - low)).clamp(0.0, 1.0),
        }
    }

    #[test]
    fn sums_of_dice_are_counted() {
        let mut count = [0.0; 19];
        for k in 0..216 {
            count[3 + k % 6 + k / 6 % 6 + k / 36] += 1.0 / 216.0;
        }
        // Fifteen steps of 1 from 3 to 18: every sum lies on a point.
        let sum = Lattice::of_sum(&[die(6), die(6), die(6)], 15).unwrap();
        assert_eq!(sum.points().count(), 16);
        for (x, p) in sum.points() {
            assert!((p - count[x.round() as usize]).abs() < 1e-14, "{x} {p}");
        }
    }

    #[test]
    fn the_difference_of_two_uniforms_is_a_triangle() {
        let a = uniform(-1.0, 1.0);
        let d = Lattice::of_difference(&a, &a, 256).unwrap();
        // Rounding of 257 masses.
        assert!((d.points().map(|(_, p)| p).sum::<f64>() - 1.0).abs() < 1e-12);
        // P(a − b ≤ x) = (2 + x)²/8 below 0. A step is 1/64, and mass even over it is wrong by a squared one.
        for u in [0.01, 0.05, 0.25, 0.5] {
            let expected = (8.0f64 * u).sqrt() - 2.0;
            assert!((d.quantile(u) - expected).abs() < 5e-4, "{u}");
            assert!((d.quantile(1.0 - u) + expected).abs() < 5e-4, "{u}");
            assert!((d.cumulated().at(expected) - u).abs() < 2e-4, "{u}");
            assert!((uniform(-1.0, 1.0).quantile(u) - (2.0 * u - 1.0)).abs() < 1e-15);
        }
    }

    #[test]
    fn a_sum_of_unequal_uniforms_is_a_trapezium() {
        // Of [0, 1] and [2, 5]: flat between 3 and 5; P(sum ≤ x) = (x − 2)²/6 up to 3, (2x − 5)/6 up to 5.
        type Plain = Bounded<fn(f64) -> f64>;
        let parts: [Plain; 2] = [
            Bounded {
                range: [0.0, 1.0],
                cdf: |x: f64| x.clamp(0.0, 1.0),
            },
            Bounded {
                range: [2.0, 5.0],
                cdf: |x: f64| ((x - 2.0) / 3.0).clamp(0.0, 1.0),
            },
        ];
        let sum = Lattice::of_sum(&parts, 512).unwrap();
        for (x, u) in [
            (2.5, 0.25 / 6.0),
            (3.0, 1.0 / 6.0),
            (4.0, 0.5),
            (6.0 - 0.5, 1.0 - 0.25 / 6.0),
        ] {
            // A step is 1/128.
            assert!(
                (sum.quantile(u) - x).abs() < 1e-3,
                "{x} {}",
                sum.quantile(u)
            );
        }
    }

    #[test]
    fn mass_on_the_lowest_point_stays_there() {
        let half = Bounded {
            range: [0.0, 1.0],
            cdf: |x: f64| if x < 0.0 { 0.0 } else { 0.5 + 0.5 * x.min(1.0) },
        };
        let d = Lattice::of_sum(&[half], 512).unwrap();
        assert_eq!(d.quantile(0.3), 0.0);
        // The rest is uniform: its middle is three quarters of the whole.
        assert!((d.quantile(0.75) - 0.5).abs() < 1e-6);
    }

    #[test]
    fn what_has_no_width_is_one_point() {
        let sure = |x0: f64| Bounded {
            range: [x0, x0],
            cdf: move |x: f64| f64::from(x >= x0),
        };
        let sum = Lattice::of_sum(&[sure(0.4), sure(0.5)], 10).unwrap();
        assert_eq!((sum.range(), sum.quantile(0.5)), ([0.9, 0.9], 0.9));
        let d = Lattice::of_difference(&sure(0.4), &sure(0.1), 10).unwrap();
        assert!((d.quantile(0.9) - 0.3).abs() < 1e-15);
        assert_eq!([d.cumulated().at(0.2), d.cumulated().at(0.4)], [0.0, 1.0]);
        // One side sure, the other not: it only moves.
        let moved = Lattice::of_difference(&uniform(0.0, 1.0), &sure(0.25), 100).unwrap();
        assert!((moved.quantile(0.5) - 0.25).abs() < 1e-12);
    }

    #[test]
    fn without_variables_or_with_a_range_that_is_none_there_is_nothing() {
        assert_eq!(Lattice::of_sum(&[] as &[Bounded<fn(f64) -> f64>], 10), None);
        assert_eq!(Lattice::of_sum(&[uniform(1.0, 0.0)], 10), None);
        assert_eq!(Lattice::of_sum(&[uniform(0.0, f64::INFINITY)], 10), None);
        assert_eq!(
            Lattice::of_difference(&uniform(f64::NAN, 1.0), &uniform(0.0, 1.0), 10),
            None
        );
    }
}
