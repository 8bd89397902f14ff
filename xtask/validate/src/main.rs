//! Values against JSON schemas, by an implementation that is not ours.
//!
//! The input is `{"draft": "4", "document": {"$defs": {…}}, "checks": [{"schema": "#/$defs/a",
//! "value": …}], "formats": false}`; the output is a list with `true` for each value that is valid, else what is wrong
//! with it, or `null` where the schema itself can't be used. Formats are asserted only where that is said. It is a
//! program of its own because the library takes longer to build than all other commands together.

use std::collections::HashMap;
use std::process::ExitCode;

use jsonschema::{Draft, Registry, Validator};
use serde_json::{Value, json};

/// Address of the document among the schemas.
const ADDRESS: &str = "urn:tenon:document";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn std::error::Error>> {
    let input: Value = serde_json::from_reader(std::io::stdin().lock())?;
    let draft = match input["draft"].as_str() {
        Some("4") => Draft::Draft4,
        _ => Draft::Draft202012,
    };
    let document = draft.create_resource(input["document"].clone());
    let registry = Registry::new().add(ADDRESS, document)?.prepare()?;
    let options = jsonschema::options()
        .with_draft(draft)
        .with_registry(&registry)
        // No keyword of draft 4, yet a format of OpenAPI in each version.
        .with_format("uuid", is_uuid)
        .should_validate_formats(input["formats"] == true)
        .should_ignore_unknown_formats(true);
    let mut validators: HashMap<&str, Option<Validator>> = HashMap::new();
    let checks = input["checks"].as_array().map(Vec::as_slice).unwrap_or_default();
    let mut verdicts = Vec::with_capacity(checks.len());
    for check in checks {
        let schema = check["schema"].as_str().unwrap_or_default();
        let validator = validators.entry(schema).or_insert_with(|| {
            let reference = json!({"$ref": format!("{ADDRESS}{schema}")});
            options.build(&reference).ok()
        });
        verdicts.push(match validator {
            None => Value::Null,
            Some(validator) => match validator.validate(&check["value"]) {
                Ok(()) => Value::Bool(true),
                Err(error) => json!(format!("{}: {error}", error.instance_path())),
            },
        });
    }
    serde_json::to_writer(std::io::stdout().lock(), &verdicts)?;
    Ok(())
}

/// Groups of 8, 4, 4, 4 and 12 hexadecimal digits (RFC 9562, section 4).
fn is_uuid(text: &str) -> bool {
    let groups: Vec<&str> = text.split('-').collect();
    let lengths: Vec<usize> = groups.iter().map(|group| group.len()).collect();
    lengths == [8, 4, 4, 4, 12]
        && groups.iter().all(|group| group.bytes().all(|byte| byte.is_ascii_hexdigit()))
}
