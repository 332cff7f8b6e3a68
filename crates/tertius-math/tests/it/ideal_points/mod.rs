//! Ideal points against quadrature, simulated assemblies and the mathematics.

mod exact;
mod properties;
mod recovery;
mod simulated;

pub(crate) use simulated::correlation;
