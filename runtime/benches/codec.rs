//! The codec against `serde`'s derive with `serde_json`: a list of 1,000 records of 12 fields, read and written.
//!
//! Run with `cargo bench --package tenon-runtime --bench codec`. The two are measured in one process, so compare
//! their ratio, not the times.
#![allow(missing_docs)]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use serde::{Deserialize, Serialize};
use tenon_runtime::codec::{self, Decode, Decoder, Encode, Encoder, Fault, Field, Object};

/// The fields of both records, so that they can't drift apart.
macro_rules! record {
    ($(#[$attribute:meta])* $name:ident) => {
        $(#[$attribute])*
        struct $name {
            id: i64,
            name: String,
            enabled: bool,
            tags: Vec<String>,
            owner: String,
            serial: String,
            note: Option<String>,
            size: Option<i64>,
            ratio: Option<f64>,
            labels: Option<Vec<String>>,
            parent: Option<Box<$name>>,
            seen: Option<String>,
        }
    };
}

record!(
    #[derive(Clone, Debug, PartialEq)]
    Ours
);
record!(
    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    #[serde(rename_all = "camelCase")]
    Theirs
);

static RECORD: Object = Object::new(
    "Record",
    &[
        Field::required("id"),
        Field::required("name"),
        Field::required("enabled"),
        Field::required("tags"),
        Field::required("owner"),
        Field::required("serial"),
        Field::optional("note"),
        Field::optional("size"),
        Field::optional("ratio"),
        Field::optional("labels"),
        Field::optional("parent"),
        Field::optional("seen"),
    ],
);

impl Decode for Ours {
    fn decode(json: &mut Decoder<'_>) -> Result<Self, Fault> {
        let mut id: Option<i64> = None;
        let mut name: Option<String> = None;
        let mut enabled: Option<bool> = None;
        let mut tags: Option<Vec<String>> = None;
        let mut owner: Option<String> = None;
        let mut serial: Option<String> = None;
        let mut note: Option<String> = None;
        let mut size: Option<i64> = None;
        let mut ratio: Option<f64> = None;
        let mut labels: Option<Vec<String>> = None;
        let mut parent: Option<Box<Self>> = None;
        let mut seen: Option<String> = None;
        json.object(
            &RECORD,
            &mut [
                &mut id,
                &mut name,
                &mut enabled,
                &mut tags,
                &mut owner,
                &mut serial,
                &mut note,
                &mut size,
                &mut ratio,
                &mut labels,
                &mut parent,
                &mut seen,
            ],
        )?;
        let (Some(id), Some(name), Some(enabled), Some(tags), Some(owner), Some(serial)) =
            (id, name, enabled, tags, owner, serial)
        else {
            return Err(json.incomplete(&RECORD));
        };
        Ok(Self { id, name, enabled, tags, owner, serial, note, size, ratio, labels, parent, seen })
    }
}

impl Encode for Ours {
    fn encode(&self, json: &mut Encoder) {
        json.object(
            &RECORD,
            &[
                &self.id,
                &self.name,
                &self.enabled,
                &self.tags,
                &self.owner,
                &self.serial,
                &self.note,
                &self.size,
                &self.ratio,
                &self.labels,
                &self.parent,
                &self.seen,
            ],
        );
    }
}

/// A text of 1,000 records; `shuffled` puts the properties in another order than the table's.
fn text(shuffled: bool) -> String {
    let record = |n: usize| {
        let id = n * 7_919_000_001;
        let head = format!(
            r#""id":{id},"name":"Device {n}","enabled":{},"tags":["alpha","beta \"{n}\""]"#,
            n.is_multiple_of(2)
        );
        let tail = format!(
            r#""owner":"ümläut {n}","serial":"C02{n:09}","note":"A note of some length, as servers send them","size":{n},"ratio":{n}.5,"labels":["x","y","z"],"parent":null,"seen":"2024-01-01T00:00:00Z""#
        );
        if shuffled { format!("{{{tail},{head}}}") } else { format!("{{{head},{tail}}}") }
    };
    format!("[{}]", (0..1000).map(record).collect::<Vec<_>>().join(","))
}

fn codec(criterion: &mut Criterion) {
    let ordered = text(false);
    let shuffled = text(true);
    let bytes = Throughput::Bytes(u64::try_from(ordered.len()).unwrap_or_default());
    for (name, text) in [("decode in order", &ordered), ("decode in another order", &shuffled)] {
        let mut group = criterion.benchmark_group(name);
        group.throughput(bytes.clone());
        group.bench_function("tenon", |bencher| {
            bencher.iter(|| codec::from_slice::<Vec<Ours>>(black_box(text.as_bytes())));
        });
        group.bench_function("serde", |bencher| {
            bencher.iter(|| serde_json::from_slice::<Vec<Theirs>>(black_box(text.as_bytes())));
        });
        group.finish();
    }
    let ours: Vec<Ours> = codec::from_slice(ordered.as_bytes()).unwrap_or_default();
    let theirs: Vec<Theirs> = serde_json::from_slice(ordered.as_bytes()).unwrap_or_default();
    assert_eq!((ours.len(), theirs.len()), (1000, 1000));
    let mut group = criterion.benchmark_group("encode");
    group.throughput(bytes);
    group.bench_function("tenon", |bencher| bencher.iter(|| codec::to_vec(black_box(&ours))));
    group
        .bench_function("serde", |bencher| bencher.iter(|| serde_json::to_vec(black_box(&theirs))));
    group.finish();
}

criterion_group!(benches, codec);
criterion_main!(benches);
