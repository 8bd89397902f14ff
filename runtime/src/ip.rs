//! Addresses of the Internet Protocol: `format: ipv4` and `format: ipv6` (JSON Schema Validation, section 7.3.4).
//!
//! They are written back as they were: `::0001` stays, although `::1` is its usual form.

use std::net::{Ipv4Addr, Ipv6Addr};

use crate::exact::{Exact, Textual};

/// An IPv4 address (RFC 2673, section 3.2). Dereferences to [`Ipv4Addr`].
pub type Ipv4 = Exact<Ipv4Addr>;

/// An IPv6 address (RFC 4291, section 2.2) that remembers how it was written. Dereferences to [`Ipv6Addr`].
pub type Ipv6 = Exact<Ipv6Addr>;

impl Textual for Ipv4Addr {
    const EXPECTED: &'static str = "IPv4 address";

    fn parse(text: &str) -> Option<Self> {
        text.parse().ok()
    }

    fn canonical(&self) -> String {
        self.to_string()
    }
}

impl Textual for Ipv6Addr {
    const EXPECTED: &'static str = "IPv6 address";

    fn parse(text: &str) -> Option<Self> {
        text.parse().ok()
    }

    fn canonical(&self) -> String {
        self.to_string()
    }
}
