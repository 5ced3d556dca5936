//! What a person does, in each engine.

// A test may panic: what it reads is then not what it should be.
#![allow(clippy::indexing_slicing)]

mod enduring;
mod everywhere;
mod failing;
mod harness;
mod kinds;
mod offline;
mod results;
mod steps;
mod storing;
mod taking;

use std::{env, future::Future, path::PathBuf, pin::Pin, sync::Arc};

use anyhow::{Context, Result};
use harness::{Engine, Host, Page, Pool, Setup, Stopwatch};
use libtest_mimic::Arguments;
use tokio::runtime::Runtime;

type Journey = fn(Page) -> Pin<Box<dyn Future<Output = Result<()>>>>;

/// A journey's name and itself.
macro_rules! journeys {
    ($($module:ident::$name:ident),* $(,)?) => {
        [$((stringify!($name), (|page| Box::pin($module::$name(page))) as Journey)),*]
    };
}

fn main() -> Result<()> {
    let mut arguments = Arguments::from_args();
    // Two browsers at a time keep two cores busy; more make each other slow.
    arguments.test_threads = arguments.test_threads.or(Some(2));
    let dist = env::var_os("SEXTANT_DIST").context("SEXTANT_DIST is not set; run cargo xtask test")?;
    let dist = Arc::new(PathBuf::from(dist));
    let runtime = Arc::new(Runtime::new()?);
    let pool = Arc::new(Pool::default());
    let stopwatch = Stopwatch::default();
    let mut trials =
        vec![stopwatch.trial("failing_texts_are_tested".to_owned(), failing::every_text_is_tested)];
    for engine in Engine::ALL {
        let trial = |name: &str, setup: Setup, journey: Journey| {
            let (runtime, pool, dist) = (Arc::clone(&runtime), Arc::clone(&pool), Arc::clone(&dist));
            stopwatch.trial(format!("{}::{name}", engine.name()), move || {
                // A host each is an origin each, so no journey meets what another stored.
                let run = async { pool.run(engine, setup, Host::start(&dist).await?, journey).await };
                runtime.block_on(run)
            })
        };
        let plain = journeys![
            taking::quick_check_by_keyboard,
            taking::reloads_lose_nothing,
            taking::a_page_that_is_arrived_at_twice_keeps_what_is_put_in,
            taking::full_assessment_to_its_result,
            results::figures_can_be_checked,
            results::figures_lead_to_their_explanation,
            results::a_statement_words_the_label,
            taking::earlier_answers_count_and_repeated_ones_do_not,
            taking::one_skill_to_its_score,
            taking::pause_abandon_and_back,
            everywhere::addresses_that_lead_nowhere,
            everywhere::no_page_has_an_accessibility_violation,
            everywhere::nothing_scrolls_sideways_on_a_phone,
            everywhere::a_host_without_the_bank_says_so,
            everywhere::readable_before_any_program,
            failing::a_missing_program_leaves_a_way_out,
            failing::the_technical_text_is_copied_or_shown,
            failing::the_chosen_theme_stays,
            failing::the_offline_copy_is_reset,
            failing::damaged_and_missing_files_are_told_apart,
            failing::what_is_late_untyped_or_in_part_starts,
            failing::a_silent_host_is_told,
            failing::a_program_that_never_ends_is_told,
            failing::a_crash_loses_nothing_and_two_start_safely,
            failing::a_stack_overflow_is_shown_soon,
            failing::a_panic_is_shown_with_its_place,
            failing::errors_of_others_are_ignored,
            storing::refused_storage_by_a_throwing_page,
            storing::storage_that_fails_in_the_middle,
            storing::two_tabs_share_a_quiz,
            storing::damaged_values_are_told_and_left_alone,
            storing::a_browser_that_is_really_full_says_so,
            storing::storage_emptied_in_the_middle_is_told,
            storing::data_goes_to_a_file_and_comes_back,
            storing::files_that_are_none_are_refused_by_their_reason,
            storing::the_first_format_migrates,
            storing::beside_a_later_version_nothing_is_written,
            enduring::closed_tabs_lose_nothing,
            enduring::tabs_interleave,
            offline::all_of_it_works_offline_at_the_root,
            offline::all_of_it_works_offline_below_a_path,
            offline::a_tab_of_the_first_visit_needs_no_host,
            offline::an_update_waits_until_nobody_is_busy,
            offline::a_page_that_asks_goes_with_the_answer,
            offline::a_release_that_another_tab_started_is_noticed,
            offline::a_release_is_taken_back,
            offline::the_kill_switch_takes_only_the_copy,
            offline::a_broken_release_is_replaced,
            offline::an_update_that_did_not_come_about_is_told,
            offline::an_update_that_fails_leaves_the_release,
            enduring::updates_interleave,
            offline::it_can_be_installed,
            offline::the_policy_forbids_what_is_not_ours,
            kinds::every_kind_by_mouse,
            kinds::every_kind_by_keyboard,
            kinds::every_kind_by_touch,
            kinds::ambiguous_numbers_are_asked,
            kinds::best_and_worst_must_differ,
            kinds::what_takes_enter_itself_keeps_it,
            kinds::answers_that_no_longer_fit_count_nowhere,
            kinds::pictures_are_said_in_words,
            kinds::a_question_can_be_reported,
        ];
        trials.extend(plain.map(|(name, journey)| trial(name, Setup::Plain, journey)));
        if engine != Engine::WebKit {
            let [(name, journey)] = journeys![storing::refused_storage_by_the_browser];
            trials.push(trial(name, Setup::StorageRefused, journey));
        }
    }
    let killed = Arc::clone(&runtime);
    trials.push(stopwatch.trial("chromium::a_killed_browser_loses_little".to_owned(), move || {
        let run = async { enduring::a_killed_browser_loses_little(Host::start(&dist).await?).await };
        killed.block_on(run)
    }));
    let conclusion = libtest_mimic::run(&arguments, trials);
    stopwatch.print_slowest();
    // To exit drops nothing, and no browser may outlive the run.
    pool.end();
    conclusion.exit()
}
