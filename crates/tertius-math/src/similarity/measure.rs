//! The measures, from a table of counts.

/// How far two of *k* levels are apart, between 0 and 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Distance {
    /// The same or not.
    Nominal,
    /// |i − j| / (k − 1).
    Absolute,
    /// ((i − j) / (k − 1))².
    Squared,
}

impl Distance {
    /// In whole numbers: as a share of the [`Distance::widest`] it is the distance.
    fn whole(self, i: usize, j: usize) -> f64 {
        let apart = i.abs_diff(j) as f64;
        match self {
            Distance::Nominal => f64::from(u8::from(i != j)),
            Distance::Absolute => apart,
            Distance::Squared => apart * apart,
        }
    }

    /// Of the first level from the last.
    fn widest(self, levels: usize) -> f64 {
        self.whole(0, levels.saturating_sub(1)).max(1.0)
    }
}

/// A measure of likeness. All are 1 where the two always agree, if they are defined then; τ_b also
/// where one always ranks as the other does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Signorino and Ritter's S, from −1 to 1. Their own is with absolute distances.
    S(Distance),
    /// Cohen's κ; with a distance other than nominal his weighted κ.
    Kappa(Distance),
    /// Scott's π.
    Pi(Distance),
    /// Kendall's τ_b, the rank correlation with ties: (C − D)/√((C + D + T_a)(C + D + T_b)) over all
    /// pairs of objects (Kendall 1938, 1945).
    TauB,
    /// Benati and Capurri's alignment index. Theirs is with absolute distances.
    Alignment(Distance),
}

impl Measure {
    fn distance(self) -> Option<Distance> {
        match self {
            Measure::S(d) | Measure::Kappa(d) | Measure::Pi(d) | Measure::Alignment(d) => Some(d),
            Measure::TauB => None,
        }
    }
}

/// A table of counts, or of summed weights, with its margins.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Cross {
    pub(super) levels: usize,
    /// *a* in rows. Shape: levels × levels.
    pub(super) counts: Vec<f64>,
    row: Vec<f64>,
    column: Vec<f64>,
    pub(super) total: f64,
}

impl Cross {
    pub(super) fn new(levels: usize) -> Self {
        Cross {
            levels,
            counts: vec![0.0; levels * levels],
            row: vec![0.0; levels],
            column: vec![0.0; levels],
            total: 0.0,
        }
    }

    /// Sums up what the counts have become.
    pub(super) fn add_up(&mut self) {
        self.column.fill(0.0);
        for (r, row) in self
            .row
            .iter_mut()
            .zip(self.counts.chunks_exact(self.levels))
        {
            *r = row.iter().sum();
            for (c, n) in self.column.iter_mut().zip(row) {
                *c += n;
            }
        }
        self.total = self.row.iter().sum();
    }
}

/// A measure with the distances of all levels worked out.
#[derive(Clone, Debug)]
pub(super) struct Ready {
    measure: Measure,
    /// In whole numbers, so that sums over counts are exact and a chance that is met is met to the last digit.
    /// Shape: levels × levels.
    distances: Vec<f64>,
    widest: f64,
}

impl Ready {
    pub(super) fn new(measure: Measure, levels: usize) -> Self {
        let cells = 0..levels * levels;
        let distance = measure.distance();
        let distances = distance.map_or_else(Vec::new, |d| {
            cells.map(|at| d.whole(at / levels, at % levels)).collect()
        });
        Ready {
            measure,
            distances,
            widest: distance.map_or(1.0, |d| d.widest(levels)),
        }
    }

    /// Undefined, and nothing: on an empty table or with fewer than two levels; κ and π where chance
    /// agreement is 1; τ_b where either side does not vary.
    pub(super) fn of(&self, cross: &Cross) -> Option<f64> {
        if cross.levels < 2 || cross.total <= 0.0 {
            return None;
        }
        let n = cross.total;
        match self.measure {
            Measure::S(_) => Some(1.0 - 2.0 * self.observed(cross) / (n * self.widest)),
            Measure::Kappa(_) => corrected(n * self.observed(cross), self.own(cross)),
            Measure::Pi(_) => corrected(4.0 * n * self.observed(cross), self.pooled(cross)),
            Measure::Alignment(_) => {
                let less = self.own(cross) - n * self.observed(cross);
                Some(2.0 * less / (n * n * self.widest))
            }
            Measure::TauB => tau_b(&cross.counts, cross.levels),
        }
    }

    /// n D, in whole distances.
    fn observed(&self, cross: &Cross) -> f64 {
        let cells = cross.counts.iter().zip(&self.distances);
        cells.map(|(n, d)| n * d).sum()
    }

    /// n² D_κ, likewise.
    fn own(&self, cross: &Cross) -> f64 {
        let mut sum = 0.0;
        for (r, distances) in cross
            .row
            .iter()
            .zip(self.distances.chunks_exact(cross.levels))
        {
            let apart: f64 = cross.column.iter().zip(distances).map(|(c, d)| c * d).sum();
            sum += r * apart;
        }
        sum
    }

    /// 4 n² D_π, likewise.
    fn pooled(&self, cross: &Cross) -> f64 {
        let mut sum = 0.0;
        let pool = || cross.row.iter().zip(&cross.column).map(|(r, c)| r + c);
        for (m, distances) in pool().zip(self.distances.chunks_exact(cross.levels)) {
            let apart: f64 = pool().zip(distances).map(|(m, d)| m * d).sum();
            sum += m * apart;
        }
        sum
    }
}

fn corrected(observed: f64, chance: f64) -> Option<f64> {
    (chance > 0.0).then(|| 1.0 - observed / chance)
}

fn tau_b(counts: &[f64], levels: usize) -> Option<f64> {
    let (mut alike, mut opposed, mut tied_a, mut tied_b) = (0.0, 0.0, 0.0, 0.0);
    for (at, n) in counts.iter().enumerate() {
        let (i, j) = (at / levels, at % levels);
        for (other, m) in counts.iter().enumerate().skip(at + 1) {
            let (k, l) = (other / levels, other % levels);
            // Cells later in the table have k ≥ i, and l > j where k = i.
            let pairs = n * m;
            if k == i {
                tied_a += pairs;
            } else if l == j {
                tied_b += pairs;
            } else if l > j {
                alike += pairs;
            } else {
                opposed += pairs;
            }
        }
    }
    let untied: f64 = alike + opposed;
    let scale = ((untied + tied_a) * (untied + tied_b)).sqrt();
    (scale > 0.0).then(|| (alike - opposed) / scale)
}
