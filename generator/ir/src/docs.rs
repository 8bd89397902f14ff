//! What an item says of itself, kept apart from how it is printed.

/// Documentation of anything public.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Docs {
    /// One line.
    pub summary: Option<String>,
    /// Paragraphs of Markdown.
    pub description: Option<String>,
    /// `externalDocs`.
    pub link: Option<Link>,
    /// Where the fact comes from (`x-source`).
    pub source: Option<Source>,
    /// What had to be settled because the documentation leaves it out (`x-assumed`).
    pub assumed: Vec<String>,
    /// Marked as deprecated in the document.
    pub deprecated: bool,
}

/// A link to documentation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Address.
    pub url: String,
    /// What is found there.
    pub description: Option<String>,
}

/// The page that a fact was taken from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// File of the vendor documentation.
    pub document: String,
    /// Heading on that page.
    pub heading: Option<String>,
}
