//! What nobody knows beforehand: rates, effects, hazards and switching, with their priors.

mod normal;
mod priors;

pub use normal::Normal;
pub use priors::Priors;

/// One value of every parameter. Its coordinates are what a sampler moves.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameters {
    /// Start logit by role: the monthly chance of a start while off.
    pub start: Vec<f64>,
    /// Stay logit by role: the monthly chance of staying while on.
    pub stay: Vec<f64>,
    /// ψ by pair of roles, (0,1), (0,2), …, (1,2), ….
    pub pair: Vec<f64>,
    /// Level of all log rates.
    pub level: f64,
    /// Deviation of each class from the level.
    pub deviation: Vec<f64>,
    /// Λ: log rate ratios, classes × roles, 0 where the catalogue knows no effect.
    pub effect: Vec<Vec<f64>>,
    /// a0, b_F, b_g of the hazard of an answer.
    pub hazard: [f64; 3],
    /// Cutpoints of the grade of an answer.
    pub cutpoints: [f64; 3],
    /// d_F, d_B of the grade of an answer.
    pub grade: [f64; 2],
    /// m_c: role-off log rates relative to the level, taken from other triads; known, not sampled.
    pub base: Vec<f64>,
    /// By series of behaviour.
    pub series: Vec<SeriesParameters>,
}

/// Intercept a, effects b by role (0 where the series says nothing of one), and φ of the value before.
#[derive(Clone, Debug, PartialEq)]
pub struct SeriesParameters {
    /// a.
    pub intercept: f64,
    /// b, by role.
    pub effect: Vec<f64>,
    /// φ.
    pub lag: f64,
}

impl Parameters {
    /// μ_c: the log rate of a class in a month without any role.
    pub fn log_rate(&self, class: usize) -> f64 {
        self.level + self.base[class] + self.deviation[class]
    }
}

/// Which parameter: positions are those of roles, classes and series in the evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Coordinate {
    /// Start logit of a role.
    Start(usize),
    /// Stay logit of a role.
    Stay(usize),
    /// ψ of a pair, in the order (0,1), (0,2), …, (1,2), ….
    Pair(usize),
    /// Level of all log rates.
    Level,
    /// Deviation of a class.
    Deviation(usize),
    /// Λ of a class and a role.
    Effect(usize, usize),
    /// a0, b_F, b_g.
    Hazard(usize),
    /// A cutpoint of the grade.
    Cutpoint(usize),
    /// d_F, d_B.
    Grade(usize),
    /// a of a series.
    SeriesIntercept(usize),
    /// φ of a series.
    SeriesLag(usize),
    /// b of a series and a role.
    SeriesEffect(usize, usize),
}
