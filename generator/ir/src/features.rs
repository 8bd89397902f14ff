//! Cargo features: what of an API can be left out of a build.

/// The features of an API whose tags are compiled one by one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Features {
    /// The one that turns on all others: that of the API, or `full` in a crate of its own.
    pub whole: String,
    /// One for each of [`Api::groups`](crate::Api::groups), in their order, and one for
    /// [`Api::webhooks`](crate::Api::webhooks) behind them where there are any.
    pub parts: Vec<String>,
}

/// What has to be on for something to be compiled.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Gate {
    /// Nothing beyond what the API needs.
    #[default]
    Always,
    /// [`Features::whole`].
    Whole,
    /// One of these [`Features::parts`].
    Any(Vec<usize>),
}
