//! Settings of the reader. Each default is a line of the methods page; all are swept.

/// When a pair of roles pays for being played together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pairs {
    /// On entering the pair, never for staying in it.
    OnEntry,
    /// In every month.
    EveryMonth,
    /// Never.
    Never,
}

/// Role-off log rates learnt elsewhere.
#[derive(Clone, Debug, PartialEq)]
pub struct OtherTriads {
    /// Mean over triads of the log rate of each class, **as observed**: what their own months with roles
    /// add is taken out again here.
    pub mean_log_rates: Vec<f64>,
    /// How many triads.
    pub triads: usize,
}

/// Settings of the reader.
#[derive(Clone, Debug, PartialEq)]
pub struct ReaderOptions {
    /// Correlation of rows of one episode: a cluster of n weighs n / (1 + ρ (n − 1)).
    pub episode_correlation: f64,
    /// Days from a cluster's first act within which acts of a class join it.
    pub episode_days: i32,
    /// Shape r of the intensity that classes share in a month.
    pub intensity_shape: f64,
    /// ε: share of acts that come from no class in particular.
    pub contamination: f64,
    /// p of a row that was not checked.
    pub unchecked: f64,
    /// Months for which a measure is at risk of an answer.
    pub risk_months: i32,
    /// What pairs pay.
    pub pairs: Pairs,
    /// What other triads say of rates; nothing where a triad is read alone.
    pub others: Option<OtherTriads>,
    /// Whether the number of acts says anything where coverage is exhaustive.
    pub volume: bool,
    /// Whether grades of measures and of answers count.
    pub severity: bool,
    /// Chains: an even number, half from no role, half from a role throughout.
    pub chains: usize,
    /// Sweeps of a chain before any is kept.
    pub warm_up: usize,
    /// Sweeps kept of each chain.
    pub sweeps: usize,
    /// Two short chains: a look, and no reading.
    pub fast: bool,
}

impl Default for ReaderOptions {
    fn default() -> Self {
        ReaderOptions {
            episode_correlation: 0.5,
            episode_days: 14,
            intensity_shape: 1.0,
            contamination: 0.02,
            unchecked: 0.7,
            risk_months: 12,
            pairs: Pairs::OnEntry,
            others: None,
            volume: true,
            severity: true,
            chains: 4,
            warm_up: 500,
            sweeps: 4000,
            fast: false,
        }
    }
}

/// Sweeps of each of the two chains of the fast path: before any is kept, and kept. What they give is
/// among the figures of the methods page on roles (`--fast`).
pub const FAST_SWEEPS: (usize, usize) = (50, 100);
