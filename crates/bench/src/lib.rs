//! Nothing but the benchmark in `benches/`: a package of its own, so that a test run doesn't compile criterion.
