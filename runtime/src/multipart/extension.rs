//! Extensions of files: those that most uploads have, and the media type of each. JSON, XML and YAML
//! aren't among them: a server may take a part of these for a value, and not for a file.

/// By extension in small letters, in the order of these.
const TYPES: [(&str, &str); 35] = [
    ("avif", "image/avif"),
    ("bmp", "image/bmp"),
    ("csv", "text/csv"),
    ("doc", "application/msword"),
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("flac", "audio/flac"),
    ("gif", "image/gif"),
    ("gz", "application/gzip"),
    ("heic", "image/heic"),
    ("htm", "text/html"),
    ("html", "text/html"),
    ("ico", "image/vnd.microsoft.icon"),
    ("jpeg", "image/jpeg"),
    ("jpg", "image/jpeg"),
    ("m4a", "audio/mp4"),
    ("md", "text/markdown"),
    ("mov", "video/quicktime"),
    ("mp3", "audio/mpeg"),
    ("mp4", "video/mp4"),
    ("mpeg", "video/mpeg"),
    ("ogg", "audio/ogg"),
    ("pdf", "application/pdf"),
    ("png", "image/png"),
    ("ppt", "application/vnd.ms-powerpoint"),
    ("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    ("svg", "image/svg+xml"),
    ("tif", "image/tiff"),
    ("tiff", "image/tiff"),
    ("txt", "text/plain"),
    ("wav", "audio/wav"),
    ("webm", "video/webm"),
    ("webp", "image/webp"),
    ("xls", "application/vnd.ms-excel"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("zip", "application/zip"),
];

/// The media type of files with this extension.
pub(super) fn media_type(extension: &str) -> Option<&'static str> {
    let at = TYPES.binary_search_by(|(known, _)| (*known).cmp(extension)).ok()?;
    TYPES.get(at).map(|(_, media)| *media)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extensions_are_in_order() {
        assert!(TYPES.is_sorted_by_key(|(extension, _)| *extension));
        assert_eq!(media_type("jpg"), Some("image/jpeg"));
        assert_eq!(media_type("zip"), Some("application/zip"));
        assert_eq!(media_type("exe"), None);
    }
}
