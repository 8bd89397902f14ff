//! What went otherwise than expected.

use std::fmt;

/// What went otherwise than a test expected, in the order in which it was found.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Report {
    /// Everything that was found; never empty.
    pub problems: Vec<Problem>,
}

/// Something that went otherwise than expected.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Problem {
    /// A request that breaks the document.
    Violation {
        /// `operationId`; absent when no operation has the method and path.
        operation: Option<&'static str>,
        /// Method, path and query.
        request: String,
        /// What is wrong with it.
        reasons: Vec<String>,
    },
    /// A call that no expectation fits, or that there is no answer to.
    Unexpected {
        /// `operationId`.
        operation: &'static str,
        /// Method, path and query.
        request: String,
        /// What was expected instead, or is to be set.
        reasons: Vec<String>,
    },
    /// Calls that didn't come as often as expected.
    Missing {
        /// `operationId`.
        operation: &'static str,
        /// What was expected: `1 time, with query parameter …`.
        expected: String,
        /// How often it came.
        received: usize,
    },
    /// An expectation that makes no sense.
    Misuse {
        /// `operationId`.
        operation: &'static str,
        /// What is wrong with it.
        reason: String,
    },
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Violation { operation, request, reasons } => {
                let name = operation.map(|name| format!("{name}: ")).unwrap_or_default();
                write!(f, "{name}{request} breaks the document: {}", reasons.join("; "))
            }
            Self::Unexpected { operation, request, reasons } => {
                write!(f, "{operation}: {request} has no answer: {}", reasons.join("; "))
            }
            Self::Missing { operation, expected, received } => {
                write!(f, "{operation}: expected {expected}, received {received}")
            }
            Self::Misuse { operation, reason } => write!(f, "{operation}: {reason}"),
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the mock server saw other calls than expected")?;
        self.problems.iter().try_for_each(|problem| write!(f, "\n- {problem}"))
    }
}

impl std::error::Error for Report {}
