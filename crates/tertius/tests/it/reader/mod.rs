//! The reader of roles (model B.5): exact properties, then what it does on records with known roles.

mod support;

mod calibration;
mod choices;
mod exact;
mod fragility;
mod issues;
mod naive;
mod pair;
mod simulated;
