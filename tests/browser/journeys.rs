//! What a person does with Sextant, in each browser engine.

// A journey may panic: then the page isn't as expected, and the journey has failed.
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
mod timings;
mod using;

use std::{env, future::Future, path::PathBuf, pin::Pin, sync::Arc};

use anyhow::{Context, Result};
use harness::{Engine, Host, Page, Pool, Setup, Stopwatch};
use libtest_mimic::Arguments;
use tokio::runtime::Runtime;

/// A journey's name and its function.
type Journey = (&'static str, fn(Page) -> Pin<Box<dyn Future<Output = Result<()>>>>);

macro_rules! journeys {
    ($($module:ident::$name:ident),* $(,)?) => {
        &[$((stringify!($name), |page| Box::pin($module::$name(page)))),*]
    };
}

/// Journeys whose outcome may depend on the engine.
const EVERYWHERE: &[Journey] = journeys![
    // Focus, keys, history and dialogs behave differently.
    taking::a_quick_check_can_be_taken_by_keyboard,
    taking::a_quiz_can_be_paused_resumed_and_abandoned,
    taking::leaving_and_returning_at_once_keeps_the_input,
    results::figures_link_to_their_explanation,
    kinds::an_ambiguous_number_has_to_be_clarified,
    kinds::shortcuts_do_not_act_in_dialogs_or_on_held_keys,
    // Pointer events differ, and with them dragging.
    kinds::every_kind_can_be_answered_by_keyboard,
    kinds::every_kind_can_be_answered_by_touch,
    // Layout differs.
    everywhere::nothing_scrolls_sideways_on_a_phone,
    // Storage differs in its timing, its events and its limits; files are offered and read differently.
    taking::reloads_lose_nothing,
    storing::two_tabs_share_a_quiz,
    storing::full_storage_is_reported_until_there_is_space,
    storing::exported_data_can_be_imported,
    // Scripts and WebAssembly are fetched differently; errors and stack traces contain different things.
    failing::a_missing_program_is_reported_within_two_seconds,
    failing::damaged_and_missing_files_are_distinguished,
    failing::the_app_starts_after_refusals_without_a_type_or_head_scripts,
    failing::a_silent_host_is_reported,
    failing::an_incomplete_download_is_reported,
    failing::a_crash_loses_nothing_and_a_second_one_leads_to_the_start_page,
    failing::a_stack_overflow_is_shown_within_two_seconds,
    failing::a_panic_is_shown_with_its_location,
    failing::errors_of_other_scripts_are_ignored,
    // Service workers, caches and security policies differ.
    failing::the_offline_copy_can_be_reset,
    offline::everything_works_offline,
    offline::the_first_tab_works_without_a_host,
    offline::an_update_waits_until_no_tab_is_busy,
    offline::a_page_reloads_only_after_a_pending_update_check,
    offline::a_release_that_another_tab_activated_is_noticed,
    offline::a_release_can_be_rolled_back,
    offline::the_kill_switch_removes_only_the_offline_copy,
    offline::a_broken_release_can_be_replaced,
    offline::a_failed_update_leaves_the_release_working,
    offline::the_policy_blocks_inline_scripts_and_is_reported,
    // Files, scrolling and the history behave differently.
    using::a_page_opened_as_a_file_says_how_to_serve_it,
    using::back_and_forward_return_to_the_scroll_position,
];

/// Journeys whose outcome is the same in all engines.
const IN_CHROMIUM: &[Journey] = journeys![
    // The app computes scores, texts and pages; WebAssembly computes the same in every engine.
    taking::a_full_assessment_leads_to_its_result_and_review,
    taking::one_skill_gets_a_score_but_no_stage,
    taking::earlier_answers_count_but_repeated_questions_do_not,
    results::figures_match_the_score_command,
    results::a_statement_changes_the_label_but_no_score,
    kinds::best_and_worst_must_differ,
    // A mouse sends the same pointer events as a finger.
    kinds::every_kind_can_be_answered_by_mouse,
    kinds::answers_that_no_longer_fit_their_question_are_not_counted,
    kinds::a_question_can_be_reported,
    everywhere::unknown_addresses_are_reported,
    everywhere::a_missing_bank_is_reported,
    everywhere::the_page_is_readable_before_any_script_runs,
    everywhere::the_program_takes_over_the_start_page_unchanged,
    everywhere::a_quiz_begins_by_its_address_and_only_once,
    // axe-core checks markup and computed colours, which are the same in every engine.
    everywhere::no_page_has_an_accessibility_violation,
    kinds::pictures_have_a_text_alternative,
    // The app interprets what is stored, or a script takes the place of the part of the browser that fails.
    storing::storage_that_starts_failing_is_reported_until_it_recovers,
    storing::cleared_storage_is_reported_and_can_be_restored,
    storing::damaged_values_are_reported_and_left_alone,
    storing::data_in_the_first_format_is_migrated,
    storing::nothing_is_written_beside_data_of_a_later_version,
    storing::invalid_files_are_refused_with_the_reason,
    failing::a_part_of_the_program_that_does_not_arrive_can_be_loaded_again,
    failing::the_failure_screen_has_the_chosen_theme,
    failing::technical_details_are_copied_or_else_shown,
    offline::an_update_that_did_not_happen_is_reported,
    // The app interprets addresses, times, keys and outcomes.
    using::a_changed_address_opens_its_page_and_is_corrected,
    using::every_page_can_be_left_while_it_waits,
    using::a_wrong_clock_is_marked_and_sorts_nothing_last,
    using::files_are_named_after_the_readers_day,
    using::keys_of_input_methods_and_extensions_do_no_harm,
    using::keys_and_clicks_answer_what_is_meant,
    using::a_theme_follows_in_other_tabs,
    using::a_reload_after_a_crash_is_no_failed_update,
    // Only Chromium says whether the app can be installed.
    offline::the_app_can_be_installed,
];

/// Journeys with random cases. One case each shows that they work; `cargo xtask endure` tries many, in all engines.
const ENDURING: &[Journey] = journeys![
    enduring::closed_tabs_lose_nothing,
    enduring::interleaved_tabs_lose_nothing,
    enduring::interleaved_updates_lose_nothing,
];

/// Measurements, which run only when asked for: a busy machine isn't a bug.
const TIMINGS: &[Journey] = journeys![timings::loaded, timings::loaded_again, timings::measured];

/// Refused storage, by a setting or, in an engine without one, by a page that throws.
fn refused_storage(engine: Engine) -> (Setup, &'static [Journey]) {
    match engine {
        Engine::Chromium | Engine::Firefox => {
            (Setup::StorageRefused, journeys![storing::storage_refused_by_the_browser_is_reported])
        }
        Engine::WebKit => (Setup::Plain, journeys![storing::storage_that_always_throws_is_reported]),
    }
}

/// The built app.
fn dist() -> Result<PathBuf> {
    let dist = env::var_os("SEXTANT_DIST").context("SEXTANT_DIST is not set; run cargo xtask test")?;
    Ok(PathBuf::from(dist))
}

fn main() -> Result<()> {
    let mut arguments = Arguments::from_args();
    // Two browsers keep two cores busy; more would slow each other down.
    arguments.test_threads = arguments.test_threads.or(Some(2));
    let runtime = Arc::new(Runtime::new()?);
    let pool = Arc::new(Pool::default());
    let stopwatch = Stopwatch::default();
    let mut trials =
        vec![stopwatch.trial("every_failure_text_is_tested".to_owned(), failing::every_text_is_tested)];
    for engine in Engine::ALL {
        let mut sets = vec![(Setup::Plain, EVERYWHERE), refused_storage(engine)];
        if engine == Engine::Chromium {
            sets.push((Setup::Plain, IN_CHROMIUM));
        }
        if engine == Engine::Chromium || env::var_os("SEXTANT_ROUNDS").is_some() {
            sets.push((Setup::Plain, ENDURING));
        }
        for (setup, (name, journey)) in sets
            .into_iter()
            .flat_map(|(setup, journeys)| journeys.iter().map(move |journey| (setup.clone(), *journey)))
        {
            let (runtime, pool) = (Arc::clone(&runtime), Arc::clone(&pool));
            trials.push(stopwatch.trial(format!("{}::{name}", engine.name()), move || {
                // Each journey has its own host, which is its own origin, so no journey sees what another stored.
                runtime
                    .block_on(async { pool.run(engine, setup, Host::start(&dist()?).await?, journey).await })
            }));
        }
    }
    for (name, timing) in TIMINGS {
        let (runtime, pool, timing) = (Arc::clone(&runtime), Arc::clone(&pool), *timing);
        let run = move || {
            runtime.block_on(async {
                pool.run(Engine::Chromium, Setup::Plain, Host::start(&dist()?).await?, timing).await
            })
        };
        trials.push(stopwatch.trial(format!("timings::{name}"), run).with_ignored_flag(true));
    }
    let killing = Arc::clone(&runtime);
    trials.push(stopwatch.trial("chromium::a_killed_browser_loses_little".to_owned(), move || {
        killing
            .block_on(async { enduring::a_killed_browser_loses_little(Host::start(&dist()?).await?).await })
    }));
    let conclusion = libtest_mimic::run(&arguments, trials);
    stopwatch.print_slowest();
    // Exiting drops nothing, and no browser may outlive the run.
    pool.end();
    conclusion.exit()
}
