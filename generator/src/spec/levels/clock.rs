//! Times that frameworks describe by the class which holds them, with its properties, although servers
//! write them as texts: `LocalTime` of Java, `TimeSpan` of .NET, `gorm.DeletedAt` of Go.

use super::super::model::{Schema, Types};
use super::super::reader::{Cx, make_schema};
use crate::diag::{At, Code};

/// The classes, and what they are described to have.
const CLASSES: [(&str, &[&str]); 5] = [
    ("DeletedAt", &["time", "valid"]),
    ("LocalTime", &["hour", "minute", "second", "nano"]),
    (
        "TimeSpan",
        &[
            "ticks",
            "days",
            "hours",
            "minutes",
            "seconds",
            "milliseconds",
            "microseconds",
            "nanoseconds",
            "totalDays",
            "totalHours",
            "totalMinutes",
            "totalSeconds",
            "totalMilliseconds",
            "totalMicroseconds",
            "totalNanoseconds",
        ],
    ),
    ("DateOnly", &["year", "month", "day", "dayOfWeek", "dayOfYear", "dayNumber"]),
    (
        "TimeOnly",
        &["hour", "minute", "second", "millisecond", "microsecond", "nanosecond", "ticks"],
    ),
];

/// Fewer properties than this, of those that have more, may be an author's own.
const LEAST: usize = 4;

/// Makes it the class, or a text: whether a server writes the one or the other is up to its settings.
pub(super) fn settle<'t>(cx: &mut Cx<'t, '_>, mut schema: Schema<'t>) -> Schema<'t> {
    let Some(name) = cx.tree.key(schema.at).filter(|name| is_class(name, &schema)) else {
        return schema;
    };
    let message = format!("`{name}` describes a class, of which servers write the text");
    cx.sink
        .note(Code::Degraded, At::Key(schema.at), message)
        .help("describe it as a `string` where it is one; both are taken");
    let (title, description) = (schema.title.replace("Fields"), schema.description.take());
    let types = schema.types;
    schema.types = types.without(Types::NULL);
    let at = schema.at;
    let examples = std::mem::take(&mut schema.examples);
    let class = make_schema(cx, schema);
    let text = make_schema(cx, Schema { at, types: Types::STRING, ..Schema::default() });
    let mut any_of = vec![class, text];
    if types.contains(Types::NULL) {
        any_of.push(make_schema(cx, Schema { at, types: Types::NULL, ..Schema::default() }));
    }
    Schema { at, title, description, examples, any_of, ..Schema::default() }
}

/// A component of this name that has nothing but properties of the class.
fn is_class(name: &str, schema: &Schema<'_>) -> bool {
    let simple = name.rsplit('.').next().unwrap_or(name);
    let is_object = schema.types.without(Types::NULL) == Types::OBJECT;
    let properties = &schema.properties;
    let is_said = |known: &[&str]| {
        properties.len() >= known.len().min(LEAST)
            && properties.iter().all(|(name, _)| known.contains(name))
    };
    is_object && CLASSES.iter().any(|(class, known)| *class == simple && is_said(known))
}
