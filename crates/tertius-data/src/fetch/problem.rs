//! Why nothing came.

/// Why nothing came. What has come so far is kept for the next try, but where it is wrong.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FetchProblem {
    /// No connection, or one that failed.
    #[error("{url} could not be fetched: {reason}")]
    NoConnection {
        /// From where.
        url: String,
        /// What the connection says.
        reason: String,
        /// Bytes that are kept for the next try.
        kept: u64,
    },
    /// The file ended before its end, or after it.
    #[error("{url} broke off after {have} bytes")]
    CutShort {
        /// From where.
        url: String,
        /// Bytes that came.
        have: u64,
        /// How many the server told of, if it did.
        total: Option<u64>,
        /// Bytes that are kept for the next try.
        kept: u64,
    },
    /// Nothing came for too long.
    #[error("{url} sent nothing for {seconds} seconds")]
    Silent {
        /// From where.
        url: String,
        /// How long.
        seconds: u64,
        /// Bytes that are kept for the next try.
        kept: u64,
    },
    /// More than any dataset has.
    #[error("{url} is larger than any file of a dataset")]
    TooLarge {
        /// From where.
        url: String,
    },
    /// No address of a file on the web.
    #[error("{url} is no address that can be fetched")]
    BadAddress {
        /// Which.
        url: String,
    },
    /// One address leads to the next without end.
    #[error("{url} leads from one address to the next without end")]
    Redirects {
        /// From where.
        url: String,
    },
    /// The environment asks for a proxy that cannot be used.
    #[error("the proxy that {name} names cannot be used: an address http://HOST:PORT is asked for")]
    BadProxy {
        /// The variable.
        name: String,
    },
    /// Another process fetches the same file.
    #[error("another process is fetching {path}")]
    Busy {
        /// Into which file.
        path: String,
    },
    /// The server refused.
    #[error("{url} answered {status}")]
    Refused {
        /// From where.
        url: String,
        /// The status.
        status: u16,
    },
    /// It is not what was expected.
    #[error("{url} is not the file that was expected: its SHA-256 is {found}, not {expected}")]
    WrongChecksum {
        /// From where.
        url: String,
        /// What it should be.
        expected: String,
        /// What came.
        found: String,
    },
    /// The disk.
    #[error("{path} could not be written: {reason}")]
    NotWritten {
        /// Where.
        path: String,
        /// What the system says.
        reason: String,
    },
}

impl FetchProblem {
    /// The stable id of its kind.
    pub fn id(&self) -> &'static str {
        match self {
            FetchProblem::NoConnection { .. } => "no-connection",
            FetchProblem::CutShort { .. } => "cut-short",
            FetchProblem::Silent { .. } => "silent",
            FetchProblem::TooLarge { .. } => "too-large-to-fetch",
            FetchProblem::BadAddress { .. } => "bad-address",
            FetchProblem::Redirects { .. } => "redirects",
            FetchProblem::BadProxy { .. } => "bad-proxy",
            FetchProblem::Busy { .. } => "busy",
            FetchProblem::Refused { .. } => "refused",
            FetchProblem::WrongChecksum { .. } => "wrong-checksum",
            FetchProblem::NotWritten { .. } => "not-written",
        }
    }

    /// The ids of all kinds.
    pub const IDS: [&'static str; 11] = [
        "no-connection",
        "cut-short",
        "silent",
        "too-large-to-fetch",
        "bad-address",
        "redirects",
        "bad-proxy",
        "busy",
        "refused",
        "wrong-checksum",
        "not-written",
    ];

    /// Whether the fault is of what was asked, or of the place where the file was to go, and not of what came.
    pub fn is_of_usage(&self) -> bool {
        matches!(
            self,
            FetchProblem::BadAddress { .. }
                | FetchProblem::BadProxy { .. }
                | FetchProblem::Busy { .. }
                | FetchProblem::NotWritten { .. }
        )
    }

    /// How many bytes are kept for the next try.
    pub fn kept(&self) -> u64 {
        match self {
            FetchProblem::NoConnection { kept, .. }
            | FetchProblem::CutShort { kept, .. }
            | FetchProblem::Silent { kept, .. } => *kept,
            _ => 0,
        }
    }

    pub(super) fn with_kept(mut self, bytes: u64) -> FetchProblem {
        if let FetchProblem::NoConnection { kept, .. }
        | FetchProblem::CutShort { kept, .. }
        | FetchProblem::Silent { kept, .. } = &mut self
        {
            *kept = bytes;
        }
        self
    }

    /// The words of its sentence, by name.
    pub fn fields(&self) -> Vec<(&'static str, String)> {
        match self {
            FetchProblem::NoConnection { url, reason, .. } => {
                vec![("file", url.clone()), ("reason", reason.clone())]
            }
            FetchProblem::CutShort { url, have, .. } => {
                vec![("file", url.clone()), ("found", have.to_string())]
            }
            FetchProblem::Silent { url, seconds, .. } => {
                vec![("file", url.clone()), ("found", seconds.to_string())]
            }
            FetchProblem::TooLarge { url }
            | FetchProblem::BadAddress { url }
            | FetchProblem::Redirects { url } => vec![("file", url.clone())],
            FetchProblem::BadProxy { name } => vec![("id", name.clone())],
            FetchProblem::Busy { path } => vec![("file", path.clone())],
            FetchProblem::Refused { url, status } => {
                vec![("file", url.clone()), ("reason", status.to_string())]
            }
            FetchProblem::WrongChecksum {
                url,
                expected,
                found,
            } => vec![
                ("file", url.clone()),
                ("found", found.clone()),
                ("missing", expected.clone()),
            ],
            FetchProblem::NotWritten { path, reason } => {
                vec![("file", path.clone()), ("reason", reason.clone())]
            }
        }
    }
}
