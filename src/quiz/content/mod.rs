//! What is asked: the bank as the browser loads it, the kinds of question, and what a reader can reply.

pub mod bank;
pub mod examples;
pub mod issue;
pub mod kind;
pub mod number;
pub mod reply;
pub mod statement;
pub mod task;
