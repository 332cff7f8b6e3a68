//! Licences that several datasets share.

use crate::catalogue::Licence;

/// The Correlates of War Project.
pub(super) const COW: Licence = Licence {
    name: "free for research with citation",
    url: "https://correlatesofwar.org/data-sets/",
    share_alike: false,
    non_commercial: false,
    seen: false,
};

/// Research with citation, of other projects.
pub(super) const CITE: Licence = Licence {
    name: "free for research with citation",
    url: "",
    share_alike: false,
    non_commercial: false,
    seen: false,
};

/// Creative Commons Attribution 4.0.
pub(super) const CC_BY: Licence = Licence {
    name: "CC BY 4.0",
    url: "https://creativecommons.org/licenses/by/4.0/",
    share_alike: false,
    non_commercial: false,
    seen: false,
};

/// The public domain.
pub(super) const CC0: Licence = Licence {
    name: "CC0 1.0",
    url: "https://creativecommons.org/publicdomain/zero/1.0/",
    share_alike: false,
    non_commercial: false,
    seen: false,
};
