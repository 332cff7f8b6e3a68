//! Roles and sets of them.

/// A role of the catalogue that made it, by position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Role(pub(super) u8);

impl Role {
    /// Position in the catalogue.
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// Roles played at once, in one month. The empty set is legal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RoleSet(u32);

impl RoleSet {
    /// No role.
    pub const EMPTY: RoleSet = RoleSet(0);

    /// Whether `role` is among them.
    pub fn has(self, role: Role) -> bool {
        self.0 >> role.0 & 1 == 1
    }

    /// With `role` added.
    #[must_use]
    pub fn with(self, role: Role) -> RoleSet {
        RoleSet(self.0 | 1 << role.0)
    }

    /// With `role` taken out.
    #[must_use]
    pub fn without(self, role: Role) -> RoleSet {
        RoleSet(self.0 & !(1 << role.0))
    }

    /// Number of roles.
    pub fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// Whether no role is played.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The roles played in both.
    pub fn intersection(self, other: RoleSet) -> RoleSet {
        RoleSet(self.0 & other.0)
    }

    /// Those of these roles that `other` lacks, in the catalogue's order.
    pub fn except(self, other: RoleSet) -> impl Iterator<Item = Role> {
        let left = RoleSet(self.0 & !other.0);
        (0..32).map(Role).filter(move |r| left.has(*r))
    }

    /// Whether each of these is among `other`.
    pub fn is_subset(self, other: RoleSet) -> bool {
        self.0 & !other.0 == 0
    }

    /// One bit a role, in the catalogue's order.
    pub fn bits(self) -> u32 {
        self.0
    }
}
