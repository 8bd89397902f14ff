//! What there is beyond calling an operation, topic by topic. The modules hold text only; their
//! examples are compiled.
//!
//! The examples have a client of a small API; yours is the generated one, and has the same methods.

pub mod bodies;
pub mod escape_hatches;
pub mod transports;
