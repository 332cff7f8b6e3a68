//! The words that everything else is said in: months, spans, dates of uneven precision, actors,
//! triads, roles and role sets, and the three ways in which a value can be there or not.

mod actor;
mod catalogue;
mod iso3166;
mod observed;
mod spelling;
mod text;
mod time;
mod triad;

pub use actor::{Actor, ActorRegistry};
pub use catalogue::{
    Catalogue, CatalogueError, CataloguePrior, ClassId, ClassSpec, Effect, FrameworkNote, MAX_SETS,
    PositivePrior, Role, RoleSet, RoleSpec, Seat, Stream,
};
pub use observed::Observed;
pub(crate) use spelling::nearest;
pub use text::{Lang, Text};
pub use time::{Month, MonthError, Span, When, WhenError};
pub use triad::{Triad, TriadError};
