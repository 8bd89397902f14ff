//! The file of a record: an HTTP Archive that is complete after each exchange.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;

use serde_json::Value;

use super::entry::Entry;

/// What stands after the last entry.
const TAIL: &str = "\n]}}\n";

/// A file that grows by entries.
#[derive(Debug)]
pub(super) struct Archive {
    file: File,
    is_empty: bool,
}

impl Archive {
    /// Begins a new file, in place of the one that may be there.
    pub(super) fn create(path: &Path) -> io::Result<Self> {
        let mut file = File::create(path)?;
        let version = env!("CARGO_PKG_VERSION");
        let head = format!(
            "{{\"log\":{{\"version\":\"1.2\",\"creator\":{{\"name\":\"tenon\",\"version\":\"{version}\"}},\"entries\":["
        );
        file.write_all(format!("{head}{TAIL}").as_bytes())?;
        Ok(Self { file, is_empty: true })
    }

    /// Goes on with a file that one of these has written; or begins one, where there is none.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let mut file = match OpenOptions::new().read(true).write(true).open(path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Self::create(path),
            Err(error) => return Err(error),
        };
        let mut text = String::new();
        file.read_to_string(&mut text)?;
        let Some(before) = text.strip_suffix(TAIL) else {
            return Err(invalid(
                "it doesn't end as a record does, so that none can be added to it",
            ));
        };
        Ok(Self { file, is_empty: before.ends_with('[') })
    }

    /// Adds an entry, before what stands at the end.
    pub(super) fn add(&mut self, entry: &Entry) -> io::Result<()> {
        let comma = if self.is_empty { "" } else { "," };
        self.file.seek(SeekFrom::End(0))?;
        self.file.seek(SeekFrom::Current(-i64::try_from(TAIL.len()).unwrap_or(0)))?;
        self.file.write_all(format!("{comma}\n{}{TAIL}", entry.to_json()).as_bytes())?;
        self.is_empty = false;
        Ok(())
    }
}

/// The entries of a file, by the time at which they began.
pub(super) fn read(path: &Path) -> io::Result<Vec<Entry>> {
    let text = std::fs::read(path)?;
    let json: Value = serde_json::from_slice(&text)?;
    let entries = json.pointer("/log/entries").and_then(Value::as_array);
    let entries = entries.ok_or_else(|| invalid("it is no HTTP Archive"))?;
    let entries = entries.iter().enumerate().map(|(index, entry)| {
        let reason = || invalid(&format!("its entry {index} can't be read"));
        Entry::of_json(entry).ok_or_else(reason)
    });
    let mut entries: Vec<Entry> = entries.collect::<io::Result<_>>()?;
    entries.sort_by_key(|entry| entry.started);
    Ok(entries)
}

fn invalid(reason: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, reason)
}
