//! What `cargo xtask` does with a bank. Each command returns its output.

mod blind;
mod check;
mod grade;
mod letters;
mod new;
mod preview;
mod score;
mod simulate;
mod stats;
mod timing;
mod watch;

pub use blind::blind;
pub use check::{check, check_on_change};
pub use grade::grade;
pub use new::new;
pub use preview::preview;
pub use score::score;
pub use simulate::{SimulateOptions, simulate};
pub use stats::stats;
pub use timing::time_check;
