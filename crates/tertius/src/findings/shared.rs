//! What the builders of findings share.

use super::ByRole;
use crate::vocabulary::{Catalogue, RoleSet};

pub(super) fn ids(catalogue: &Catalogue, set: RoleSet) -> Vec<String> {
    catalogue.ids(set).into_iter().map(str::to_owned).collect()
}

pub(super) fn by_role<T>(catalogue: &Catalogue, value: impl Fn(usize) -> T) -> ByRole<T> {
    catalogue
        .roles()
        .map(|r| (catalogue.spec(r).id.clone(), value(r.index())))
        .collect()
}
