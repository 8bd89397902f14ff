//! Lists that are read page by page.

use crate::Type;

/// How the list that an operation replies with is read page by page (`x-pagination`). Places in a
/// reply are JSON pointers (RFC 6901) into its body.
#[derive(Clone, Debug, PartialEq)]
pub struct Paging {
    /// What leads from a page to the next one.
    pub step: PageStep,
    /// What says how many items a page has at most, for the documentation.
    pub size: Option<PageInput>,
    /// Where the items lie; empty where the body is the list.
    pub items: String,
    /// Type of an item.
    pub item: Type,
    /// Where the number of all items stands.
    pub total: Option<String>,
    /// Where it stands whether there is another page.
    pub more: Option<String>,
}

/// What leads from a page to the next one.
#[derive(Clone, Debug, PartialEq)]
pub enum PageStep {
    /// The number of items before the page.
    Offset {
        /// What is sent.
        input: PageInput,
        /// Offset of the first item of all.
        first: u64,
    },
    /// The number of the page.
    Number {
        /// What is sent.
        input: PageInput,
        /// Number of the first page.
        first: u64,
    },
    /// What the reply gives to send.
    Cursor {
        /// What is sent.
        input: PageInput,
        /// Where it stands.
        next: String,
    },
    /// The id of the last item.
    LastItem {
        /// What is sent.
        input: PageInput,
        /// Where it stands in the item.
        id: String,
    },
    /// The address of the next page, in the body.
    Address {
        /// Where it stands.
        next: String,
    },
    /// The address of the next page, in the header `Link` (RFC 8288).
    Link {
        /// The relation that it has.
        relation: String,
    },
}

impl PageStep {
    /// The input that says which page is meant, where there is one.
    pub fn input(&self) -> Option<&PageInput> {
        match self {
            Self::Offset { input, .. }
            | Self::Number { input, .. }
            | Self::Cursor { input, .. }
            | Self::LastItem { input, .. } => Some(input),
            Self::Address { .. } | Self::Link { .. } => None,
        }
    }
}

/// An input of a call that has to do with pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PageInput {
    /// Index into [`Operation::params`](crate::Operation::params).
    Param(usize),
    /// The same of a parameter that is an object, and a JSON pointer into it.
    Member(usize, String),
    /// A JSON pointer into the request body.
    Body(String),
}
