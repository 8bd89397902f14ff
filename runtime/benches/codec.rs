//! The codec against `serde`'s derive with `serde_json`: a list of 1,000 records of 12 fields, read and written.
//!
//! Run with `cargo bench --package tenon-runtime --bench codec`. The two are measured in one process, so compare
//! their ratio, not the times.
#![allow(missing_docs)]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use serde::{Deserialize, Serialize};
use tenon_runtime::codec;

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
    #[derive(Clone)]
    Ours
);
record!(
    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    #[serde(rename_all = "camelCase")]
    Theirs
);

tenon_runtime::object!(Ours {
    required id: "id",
    required name: "name",
    required enabled: "enabled",
    required tags: "tags",
    required owner: "owner",
    required serial: "serial",
    optional note: "note",
    optional size: "size",
    optional ratio: "ratio",
    optional labels: "labels",
    optional parent: "parent",
    optional seen: "seen",
});

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
