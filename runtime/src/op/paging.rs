//! The static descriptor of how a list is read page by page.

/// How a list is read page by page (`x-pagination`). Pointers are JSON pointers (RFC 6901) into the
/// body of a reply.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Paging {
    /// What leads from a page to the next one.
    pub step: PageStep,
    /// Where the items lie; empty where the body is the list.
    pub items: &'static str,
    /// Where the number of all items stands.
    pub total: Option<&'static str>,
    /// Where it stands whether there is another page: a value other than `true` is taken for a yes
    /// unless it is `false`, `null`, zero or an empty text.
    pub more: Option<&'static str>,
}

/// What leads from a page to the next one.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum PageStep {
    /// The number of items before the page. The first page of all has the number `first`.
    Offset {
        /// What is sent.
        input: PageInput,
        /// Offset of the first item.
        first: u64,
    },
    /// The number of the page. The first one has the number `first`.
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
        next: &'static str,
    },
    /// The id of the last item.
    LastItem {
        /// What is sent.
        input: PageInput,
        /// Where it stands in the item.
        id: &'static str,
    },
    /// The address of the next page, in the body.
    Address {
        /// Where it stands.
        next: &'static str,
    },
    /// The address of the next page, in the header `Link` (RFC 8288).
    Link {
        /// The relation that it has: `next`.
        relation: &'static str,
    },
}

/// The input of a call that says which page is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageInput {
    /// A parameter, by its index.
    Param(usize),
    /// A place in a parameter that is an object, by its index.
    Member(usize, &'static str),
    /// A place in a body of JSON.
    Body(&'static str),
}

impl Paging {
    const fn new(step: PageStep) -> Self {
        Self { step, items: "", total: None, more: None }
    }

    /// By the number of items before the page.
    pub const fn offset(input: PageInput, first: u64) -> Self {
        Self::new(PageStep::Offset { input, first })
    }

    /// By the number of the page.
    pub const fn number(input: PageInput, first: u64) -> Self {
        Self::new(PageStep::Number { input, first })
    }

    /// By what the reply has at `next`.
    pub const fn cursor(input: PageInput, next: &'static str) -> Self {
        Self::new(PageStep::Cursor { input, next })
    }

    /// By what the last item has at `id`.
    pub const fn last_item(input: PageInput, id: &'static str) -> Self {
        Self::new(PageStep::LastItem { input, id })
    }

    /// By the address that the reply has at `next`.
    pub const fn address(next: &'static str) -> Self {
        Self::new(PageStep::Address { next })
    }

    /// By the header `Link`.
    pub const fn link(relation: &'static str) -> Self {
        Self::new(PageStep::Link { relation })
    }

    /// Says where the items lie.
    pub const fn items(mut self, pointer: &'static str) -> Self {
        self.items = pointer;
        self
    }

    /// Says where the number of all items stands.
    pub const fn total(mut self, pointer: &'static str) -> Self {
        self.total = Some(pointer);
        self
    }

    /// Says where it stands whether there is another page.
    pub const fn more(mut self, pointer: &'static str) -> Self {
        self.more = Some(pointer);
        self
    }
}
