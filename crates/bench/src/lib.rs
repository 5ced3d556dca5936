//! Only a home for the benchmark in `benches/`.
