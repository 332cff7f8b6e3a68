//! How alike two rows of ordered choices are: votes (yes, abstention, no) or alliance portfolios
//! (none; entente; neutrality or non-aggression; defence).
//!
//! Everything is computed from the table of how often *a* chose level *i* where *b* chose *j*, over the
//! objects on which both chose. With o_ij the shares, r_i and c_j their margins, m = (r + c)/2, and
//! d_ij a distance between 0 and 1:
//!
//! ```text
//! D   = Σ o_ij d_ij                       observed
//! D_κ = Σ r_i c_j d_ij                    by chance, each keeping its own margins
//! D_π = Σ m_i m_j d_ij                    by chance, both drawing from one pool
//!
//! S = 1 − 2 D         Signorino and Ritter (1999)
//! κ = 1 − D/D_κ       Cohen (1960, 1968)
//! π = 1 − D/D_π       Scott (1955); with weights as in Häge (2011)
//! A = 2 (D_κ − D)     Benati and Capurri (2026): S less the S of chance
//! ```
//!
//! S is high for any two states that mostly vote yes; κ, π and A ask how much of that chance would give
//! (Häge 2011). They can differ in sign, so show one of each kind.

mod assembly;
mod measure;
mod pairs;
mod replicates;
mod table;
mod ties;

pub use assembly::Assembly;
pub use measure::{Distance, Measure};
pub use pairs::{Pair, PairScores, PortfolioError, Portfolios};
pub use replicates::PairIntervals;
pub use table::{Table, likeness, signorino_ritter};
pub use ties::{OwnTie, Reciprocity, Tie, TieError, Ties};
