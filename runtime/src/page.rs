//! Lists that are read page by page.
//!
//! In goes a call whose operation says how one page leads to the next, out come its replies or the
//! items in them. [`Walk`] is the program: it holds the place of the next page, makes the call that
//! reads it, and finds out from the reply where the one behind it is. It is generic over no
//! operation; [`Pages`] and [`PageItems`] put the types of one around it.
//!
//! Each page is a call of its own: tries, rate limits and time limits count for each.

mod address;
mod error;
mod find;
mod flight;
mod items;
mod link;
mod pages;
mod spot;
mod token;
mod walk;

pub use error::PagingError;
pub use items::PageItems;
pub use pages::Pages;
pub use token::{PageToken, PageTokenError};

use walk::Walk;
