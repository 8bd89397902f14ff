//! Programs that stand before the real ones on the path of a step.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

/// `cargo xtask` without cargo: the program that was built for this test. What `lint` looks for is
/// tested on its own; here it notes that it was called, and ends as `$LINT_ENDS` says.
const CARGO: &str = r#"#!/usr/bin/env bash
[ "$1" = xtask ] || { echo "unexpected: cargo $*" >&2; exit 99; }
shift
echo "$*" >> "$STUBS/cargo.log"
[ "$1" = lint ] && exit "$LINT_ENDS"
CARGO_MANIFEST_DIR=$PWD/xtask exec "$XTASK" "$@"
"#;

/// `gh`: notes its arguments and the body that it is to send, and knows the comments of a file. The
/// filter is run by jq where there is one, as gh would.
const GH: &str = r#"#!/usr/bin/env bash
[ -n "$GH_TOKEN" ] || { echo 'no token' >&2; exit 98; }
printf '%s\n' "$(printf '%q ' "$@")" >> "$STUBS/gh.log"
while [ $# -gt 0 ]; do
    case $1 in
    --jq) filter=$2; shift ;;
    -F) cp "${2#body=@}" "$STUBS/body.md"; shift ;;
    esac
    shift
done
[ -z "$filter" ] && exit 0
if command -v jq > /dev/null; then jq -r "$filter" "$STUBS/comments.json"
else cat "$STUBS/id"; fi
"#;

/// Writes them into a folder.
pub(crate) fn write(folder: &Path) {
    for (name, text) in [("cargo", CARGO), ("gh", GH)] {
        let path = folder.join(name);
        fs::write(&path, text).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    }
}
