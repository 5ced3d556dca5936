//! What a person does, in each engine.

// A test may panic: what it reads is then not what it should be.
#![allow(clippy::indexing_slicing)]

mod harness;

use std::{
    env,
    future::Future,
    io::Write,
    path::PathBuf,
    pin::Pin,
    process::{Command, Stdio},
    sync::Arc,
};

use anyhow::{Context, Result, ensure};
use harness::{Engine, Host, Page, Setup};
use libtest_mimic::{Arguments, Trial};
use serde_json::{Value, json};
use thirtyfour::Key;
use tokio::runtime::Runtime;

type Journey = fn(Page) -> Pin<Box<dyn Future<Output = Result<()>>>>;

/// A journey's name and itself.
macro_rules! journeys {
    ($($name:ident),* $(,)?) => { [$((stringify!($name), (|page| Box::pin($name(page))) as Journey)),*] };
}

fn main() -> Result<()> {
    let mut arguments = Arguments::from_args();
    // Two browsers at a time keep two cores busy; more make each other slow.
    arguments.test_threads = arguments.test_threads.or(Some(2));
    let dist = env::var_os("SEXTANT_DIST").context("SEXTANT_DIST is not set; run cargo xtask test")?;
    let runtime = Arc::new(Runtime::new()?);
    let host = runtime.block_on(Host::start(&PathBuf::from(dist)))?;
    let mut trials = Vec::new();
    for engine in Engine::ALL {
        let trial = |name: &str, setup: Setup, journey: Journey| {
            let runtime = Arc::clone(&runtime);
            Trial::test(format!("{}::{name}", engine.name()), move || {
                runtime
                    .block_on(engine.run(host, setup, journey))
                    .map_err(|error| format!("{error:#}").into())
            })
        };
        let plain = journeys![
            quick_check_by_keyboard,
            reloads_lose_nothing,
            full_assessment_to_its_result,
            figures_can_be_checked,
            figures_lead_to_their_explanation,
            a_statement_words_the_label,
            earlier_answers_count_and_repeated_ones_do_not,
            one_skill_to_its_score,
            pause_abandon_and_back,
            addresses_that_lead_nowhere,
            no_page_has_an_accessibility_violation,
            nothing_scrolls_sideways_on_a_phone,
            a_host_without_the_bank_says_so,
            readable_before_any_program,
            refused_storage_by_a_throwing_page,
            storage_that_fails_in_the_middle,
            two_tabs_share_a_quiz,
            damaged_values_are_told_and_left_alone,
        ];
        trials.extend(plain.map(|(name, journey)| trial(name, Setup::Plain, journey)));
        if engine != Engine::WebKit {
            let [(name, journey)] = journeys![refused_storage_by_the_browser];
            trials.push(trial(name, Setup::StorageRefused, journey));
        }
    }
    libtest_mimic::run(&arguments, trials).exit()
}

async fn quick_check_by_keyboard(page: Page) -> Result<()> {
    page.open(&page.host.app()).await?;
    page.tab_to("Start: Quick check").await?;
    page.press(Key::Enter).await?;
    for number in 1..=15 {
        page.until("the question", "return document.querySelector('form fieldset')").await?;
        page.heading_is(&format!("Question {number}:")).await?;
        page.until("the focus on the heading", "return document.activeElement.tagName === 'H1'").await?;
        if number == 15 {
            page.tab_to("I don’t know").await?;
        } else {
            page.press("2").await?;
            page.until("the pick", "return document.querySelectorAll('input:checked').length === 1").await?;
            page.press(Key::Enter).await?;
            page.until("a button with the focus", "return document.activeElement.tagName === 'BUTTON'")
                .await?;
            if number % 2 == 0 {
                page.press(Key::Right).await?;
            }
        }
        page.press(Key::Enter).await?;
        page.until("the verdict's focus", "return document.activeElement.matches('.verdict')").await?;
        page.press(Key::Enter).await?;
        page.until("the next page", "return !document.querySelector('.verdict')").await?;
    }
    page.heading_is("Between ").await?;
    ensure!(page.texts(".ticks").await?.is_empty());
    page.sees("svg.arc").await?;
    let sure: Vec<Value> =
        answers(&page).await?.iter().map(|answer| answer["reply"]["single"]["sure"].clone()).collect();
    ensure!(sure[..4] == [json!("fairly"), json!("sure"), json!("fairly"), json!("sure")], "{sure:?}");
    ensure!(sure[14].is_null(), "the last was “I don’t know”");
    Ok(())
}

/// The answers of the one session that is stored.
async fn answers(page: &Page) -> Result<Vec<Value>> {
    let sessions = page.stored(":session:").await?;
    ensure!(sessions.len() == 1, "{} sessions", sessions.len());
    Ok(sessions[0]["session"]["answers"].as_array().context("answers")?.clone())
}

async fn reloads_lose_nothing(page: Page) -> Result<()> {
    page.open(&page.host.app()).await?;
    page.start("Quick check").await?;
    for number in 0..7 {
        page.answer(number % 4 + 1, 2).await?;
        page.next().await?;
    }
    page.heading_is("Question 8:").await?;
    page.sees("form fieldset").await?;
    let (prompt, options) = (page.text("#prompt").await?, page.texts("label.choice").await?);
    page.reload().await?;
    page.sees("form fieldset").await?;
    ensure!(page.text("#prompt").await? == prompt, "another question after the reload");
    ensure!(page.texts("label.choice").await? == options, "another order after the reload");

    page.answer(1, 3).await?;
    let explained = page.text("main").await?;
    page.reload().await?;
    page.sees(".verdict").await?;
    ensure!(page.text("main").await? == explained, "another explanation after the reload");
    page.next().await?;
    page.finish().await?;

    let heading = page.text("h1").await?;
    ensure!(heading.starts_with("Between "), "{heading}");
    page.reload().await?;
    page.sees("svg.arc").await?;
    ensure!(page.text("h1").await? == heading, "another result after the reload");
    let label = page.stored(":label").await?;
    ensure!(label[0]["label"] == json!(heading), "{label:?}");
    // A finished quiz can be walked through, and there is nothing left to abandon.
    page.back().await?;
    page.heading_is("Question 15:").await?;
    page.sees(".verdict").await?;
    ensure!(page.texts(".progress button").await?.is_empty());
    page.follow("#/", "Find out").await?;
    ensure!(page.text(".label").await? == heading);

    let mut items: Vec<String> =
        answers(&page).await?.iter().map(|answer| answer["item"].to_string()).collect();
    ensure!(items.len() == 15);
    items.sort();
    items.dedup();
    ensure!(items.len() == 15, "an item was asked twice");
    Ok(())
}

async fn full_assessment_to_its_result(page: Page) -> Result<()> {
    page.open(&page.host.app()).await?;
    page.start("Full assessment").await?;
    page.finish().await?;
    page.sees("svg.arc").await?;
    ensure!(page.texts(".profile li").await?.len() == 15);
    ensure!(page.text("main").await?.contains("What stands before"));
    ensure!(page.texts(".ladder li").await?.len() == 5, "a row a stage");
    ensure!(page.texts(".calibration tbody tr").await?.len() == 3, "a row a button");
    ensure!(!page.texts(".beliefs li").await?.is_empty(), "misconceptions");
    ensure!(page.text("main").await?.contains("Median salary"));
    for theme in THEMES {
        set_theme(&page, theme).await?;
        violations(&page, &format!("full result, {theme}")).await?;
    }
    page.follow("#/", "Find out").await?;
    ensure!(page.texts(".skills .soft").await?.len() == 15, "a score beside each skill");
    // The review shows every answer with its explanation.
    page.click(".note a").await?;
    page.sees("svg.arc").await?;
    page.click("a.primary").await?;
    page.sees("details").await?;
    ensure!(page.texts("details").await?.len() == 60);
    page.click("summary").await?;
    page.until("an open explanation", "return document.querySelector('details[open] .choice.right')").await
}

/// The figures on the page are those that the project's own command works out from the saved file.
async fn figures_can_be_checked(page: Page) -> Result<()> {
    page.open(&page.host.app()).await?;
    page.start("Short assessment").await?;
    page.finish().await?;
    page.sees("svg.arc").await?;
    let script = "const make = URL.createObjectURL; \
                  URL.createObjectURL = blob => { window.saved = blob; return make.call(URL, blob) }";
    page.run(script, &[]).await?;
    page.click("button.link").await?;
    page.until("the file", "return !!window.saved").await?;
    let script = "const done = arguments[arguments.length - 1]; window.saved.text().then(done)";
    let file = page.run_async(script, &[]).await?;
    let figures = score(file.as_str().context("text")?)?;

    ensure!(figures["answered"] == json!(45), "{figures}");
    ensure!(figures["stage"] == json!(page.text("h1").await?), "{}", figures["stage"]);
    let shown = |of: &Value| format!("{} ±{}", of["score"], of["margin"]);
    ensure!(page.texts(".lead .figure").await?.contains(&shown(&figures["overall"])));
    let skills = figures["skills"].as_array().context("skills")?;
    let expected: Vec<String> = skills.iter().map(shown).collect();
    ensure!(page.texts(".profile .number").await? == expected, "{expected:?}");
    let shares = figures["stages"].as_array().context("stages")?.iter().map(|stage| {
        let percent = (stage["share"].as_f64().unwrap_or(f64::NAN) * 100.0 + 1e-9).floor();
        match percent {
            0.0 if stage["id"] == json!("executive") => "–".to_owned(),
            0.0 => "<1%".to_owned(),
            100.0 => ">99%".to_owned(),
            percent => format!("{percent}%"),
        }
    });
    let expected: Vec<String> = shares.collect();
    ensure!(page.texts(".ladder .number").await? == expected, "{expected:?}");
    let gaps = figures["gaps"].as_array().context("gaps")?.len();
    ensure!(page.texts(".flag.gap").await?.len() == gaps, "{gaps} gaps");
    Ok(())
}

/// What `cargo xtask score` says to a file.
fn score(file: &str) -> Result<Value> {
    let mut command = Command::new("cargo");
    command.args(["run", "--quiet", "--package", "xtask", "--", "score"]);
    let mut scoring = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    scoring.stdin.take().context("standard input")?.write_all(file.as_bytes())?;
    let output = scoring.wait_with_output()?;
    ensure!(output.status.success(), "score failed");
    Ok(serde_json::from_slice(&output.stdout)?)
}

async fn figures_lead_to_their_explanation(page: Page) -> Result<()> {
    page.open(&page.host.app()).await?;
    page.start("Quick check").await?;
    page.finish().await?;
    for (link, section) in [
        (".lead .figure", "stages"),
        (".lead .figure b", "scores"),
        (".note a", "questions"),
        (".statement ~ .how a", "statement"),
    ] {
        page.click(link).await?;
        page.until(section, &format!("return document.activeElement.id === '{section}'")).await?;
        page.until(
            "the section in view",
            "const y = document.activeElement.getBoundingClientRect().top; \
                    return y >= -1 && y < innerHeight",
        )
        .await?;
        page.back().await?;
        page.sees("svg.arc").await?;
    }
    Ok(())
}

/// Stores a full assessment with every answer right, and shows its result.
async fn all_right(page: &Page) -> Result<()> {
    page.open(&page.host.app()).await?;
    let script = "const done = arguments[arguments.length - 1]; (async () => { \
        const json = async address => (await fetch(address)).json(); \
        const started = Date.now() - 3600000, answers = []; \
        for (const skill of (await json(document.getElementById('catalog').href)).skills) \
            for (const item of (await json(skill.shard)).items.slice(-4)) \
                answers.push({ item: item.id, at: started + answers.length, took: 9000, reply: { single: { \
                    option: item.task.single.findIndex(o => o.misconception === null), sure: 'sure' } } }); \
        const session = { form: 'full', seed: 1, started, answers, finished: true }; \
        const id = started.toString(16).padStart(12, '0') + '-00000001'; \
        const folder = location.pathname.replace(/[^/]*$/, ''); \
        localStorage.setItem(`sextant:${folder}:1:session:${id}`, JSON.stringify({ format: 1, session })); \
        localStorage.setItem(`sextant:${folder}:1:label`, JSON.stringify({ \
            format: 1, label: 'An older one', session: id, at: started, scores: {} })); \
        done(id) })().catch(e => done('' + e))";
    let id = page.run_async(script, &[]).await?;
    page.reload().await?;
    page.run("location.hash = '#/result/' + arguments[0]", &[id]).await?;
    page.sees("svg.arc").await
}

async fn a_statement_words_the_label(page: Page) -> Result<()> {
    all_right(&page).await?;
    page.heading_is("Architect / Team Lead (knowledge)").await?;
    let scores = page.texts(".profile .number").await?;
    let choose = async |question: usize, option: usize| {
        let script = "const s = document.querySelectorAll('.statement select')[arguments[0]]; s.focus(); \
                      s.selectedIndex = arguments[1]; s.dispatchEvent(new Event('change', { bubbles: true }))";
        page.run(script, &[json!(question), json!(option)]).await
    };
    // Several teams.
    choose(1, 3).await?;
    page.until(
        "the label of a lead",
        "return document.querySelector('h1').textContent === 'Architect / Team Lead'",
    )
    .await?;
    ensure!(
        page.run("return document.activeElement.tagName", &[]).await? == json!("SELECT"),
        "the focus stays"
    );
    ensure!(page.texts(".ladder .number").await?[4] == "–", "the last stage takes years too");
    // A whole organization, for ten years.
    choose(1, 4).await?;
    choose(0, 4).await?;
    page.until(
        "the last stage",
        "return document.querySelectorAll('.ladder .number')[4].textContent !== '–'",
    )
    .await?;
    ensure!(
        page.run("return document.activeElement.tagName", &[]).await? == json!("SELECT"),
        "the focus stays"
    );
    page.heading_is("Profile consistent with CTO / VP").await?;
    ensure!(page.texts(".profile .number").await? == scores, "no score has changed");
    page.reload().await?;
    page.heading_is("Profile consistent with CTO / VP").await?;
    ensure!(page.stored(":statement").await?[0]["statement"]["scope"] == json!("organization"));
    page.follow("#/", "Find out").await?;
    ensure!(
        page.text(".label").await?.starts_with("Profile consistent with"),
        "the start page words it anew too"
    );
    Ok(())
}

async fn earlier_answers_count_and_repeated_ones_do_not(page: Page) -> Result<()> {
    let take = async || {
        page.follow("#/skill/cloud", "Cloud").await?;
        page.click("main button.primary").await?;
        page.finish().await?;
        anyhow::Ok((page.text(".lead").await?, page.text("main").await?))
    };
    page.open(&page.host.app()).await?;
    let (first, whole) = take().await?;
    ensure!(!whole.contains("Not scored"), "{whole}");
    let (second, whole) = take().await?;
    ensure!(whole.contains("Not scored: 5 questions that you saw"), "{whole}");
    ensure!(whole.contains("5 answers from earlier quizzes count too"), "{whole}");
    let score = |lead: &str| lead.split(" of 100").next().map(str::to_owned);
    ensure!(score(&first) == score(&second), "{first} / {second}");
    Ok(())
}

async fn one_skill_to_its_score(page: Page) -> Result<()> {
    page.open(&(page.host.app() + "#/skill/databases")).await?;
    page.heading_is("Databases").await?;
    page.click("main button.primary").await?;
    page.finish().await?;
    page.heading_is("Databases").await?;
    let lead = page.text(".lead").await?;
    ensure!(lead.contains('±') && lead.contains("One skill says nothing about a stage"), "{lead}");
    ensure!(page.texts("svg.arc").await?.is_empty());
    let label = page.stored(":label").await?;
    ensure!(label[0]["label"].is_null() && label[0]["scores"]["databases"]["score"].is_u64(), "{label:?}");
    Ok(())
}

async fn pause_abandon_and_back(page: Page) -> Result<()> {
    page.open(&page.host.app()).await?;
    page.start("Quick check").await?;
    page.answer(1, 1).await?;
    page.next().await?;
    page.heading_is("Question 2:").await?;
    page.back().await?;
    page.heading_is("Question 1:").await?;
    page.sees(".verdict").await?;
    ensure!(page.texts("form").await?.is_empty(), "an answered question cannot be answered again");
    page.click(".progress a").await?;
    page.heading_is("Find out").await?;
    page.click("a.primary").await?;
    page.heading_is("Question 2:").await?;

    page.click(".progress button").await?;
    page.sees("dialog[open]").await?;
    page.press(Key::Escape).await?;
    page.until("the dialog to close", "return !document.querySelector('dialog[open]')").await?;
    ensure!(answers(&page).await?.len() == 1);
    page.click(".progress button").await?;
    page.click("dialog[open] .danger").await?;
    page.heading_is("Find out").await?;
    // What was said is gone; that the question was seen is not.
    let left = answers(&page).await?;
    ensure!(left.len() == 1 && left[0]["reply"] == json!("dont-know"), "{left:?}");
    page.follow("#/results", "Results").await?;
    ensure!(page.text("main").await?.contains("Nothing was taken"));
    Ok(())
}

async fn addresses_that_lead_nowhere(page: Page) -> Result<()> {
    page.open(&(page.host.app() + "#/nothing/here")).await?;
    page.heading_is("No such page").await?;
    page.follow("#/result/unknown", "This quiz is not here").await?;
    page.follow("#/review/unknown", "This quiz is not here").await?;
    page.follow("#/quiz/unknown/3", "This quiz is not here").await?;
    page.follow("#/skill/unknown", "No such skill").await?;
    // By a click: WebKit steps back over pages that nobody touched.
    page.click("nav a[href='#/results']").await?;
    page.heading_is("Results").await?;
    ensure!(page.text("main").await?.contains("Nothing was taken"));
    page.back().await?;
    page.heading_is("No such skill").await
}

const THEMES: [&str; 2] = ["light", "dark"];

async fn set_theme(page: &Page, theme: &str) -> Result<()> {
    let script = "const s = document.querySelector('.theme select'); s.value = arguments[0]; \
                  s.dispatchEvent(new Event('change', { bubbles: true }))";
    page.run(script, &[json!(theme)]).await?;
    page.sees(&format!(":root[data-theme={theme}]")).await?;
    // Colours halfway between two themes have no contrast to judge.
    page.until("the colours to settle", "return document.getAnimations().length === 0").await
}

async fn no_page_has_an_accessibility_violation(page: Page) -> Result<()> {
    page.open(&page.host.app()).await?;
    for theme in THEMES {
        set_theme(&page, theme).await?;
        let check = async |name: &str| violations(&page, &format!("{name}, {theme}")).await;
        page.follow("#/", "Find out").await?;
        check("home").await?;
        page.start("Quick check").await?;
        check("question").await?;
        page.click("label.choice").await?;
        page.press("?").await?;
        page.sees("dialog[open]").await?;
        check("keys").await?;
        page.click("dialog[open] button").await?;
        page.answer(2, 2).await?;
        check("answered").await?;
        page.click(".progress button").await?;
        check("abandon").await?;
        page.click("dialog[open] button").await?;
        page.next().await?;
        page.finish().await?;
        check("quick result").await?;
        page.click("a.primary").await?;
        page.sees("details").await?;
        page.run("document.querySelectorAll('details').forEach(d => d.open = true)", &[]).await?;
        check("review").await?;
        page.follow("#/skill/cloud", "Cloud").await?;
        check("skill").await?;
        page.click("main button.primary").await?;
        page.finish().await?;
        check("skill result").await?;
        for (fragment, heading) in
            [("#/results", "Results"), ("#/method", "How it"), ("#/none", "No such page")]
        {
            page.follow(fragment, heading).await?;
            check(heading).await?;
        }
    }
    Ok(())
}

/// Fails where axe-core finds anything on the page as it is.
async fn violations(page: &Page, name: &str) -> Result<()> {
    if page.run("return typeof axe === 'undefined'", &[]).await? == json!(true) {
        let axe = std::fs::read_to_string(env::var("SEXTANT_AXE").context("SEXTANT_AXE is not set")?)?;
        page.run(&format!("{axe}; window.axe = axe"), &[]).await?;
    }
    let script = "const done = arguments[arguments.length - 1]; \
        axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })\
        .then(r => done(r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html.slice(0, 160)).join(' | '))))\
        .catch(e => done(['axe failed: ' + e]))";
    let found: Vec<String> = serde_json::from_value(page.run_async(script, &[]).await?)?;
    ensure!(found.is_empty(), "{name}: {found:#?}");
    Ok(())
}

/// In a frame, because only one of the engines has windows as narrow as a phone.
async fn nothing_scrolls_sideways_on_a_phone(page: Page) -> Result<()> {
    // The long form at the narrowest width meets most of the bank.
    for (width, form, questions) in [(320, "Full assessment", 60), (390, "Quick check", 15)] {
        page.goto(&page.host.frame()).await?;
        let script = "const f = document.createElement('iframe'); f.width = arguments[0]; f.height = 800; \
                      f.src = arguments[1]; document.body.append(f)";
        page.run(script, &[json!(width), json!(page.host.app())]).await?;
        let inside = "const d = document.querySelector('iframe').contentDocument;";
        let fits = async |name: &str| {
            let script = format!(
                "{inside} return [d.documentElement.scrollWidth, ...[...d.querySelectorAll('main *')]\
                 .filter(e => !e.closest('pre, .scroll, .hidden') && e.getBoundingClientRect().right > {width} + 1)\
                 .map(e => e.outerHTML.slice(0, 100))]"
            );
            let found = page.run(&script, &[]).await?;
            ensure!(found.as_array().is_some_and(|found| found.len() == 1), "{name} at {width} px: {found}");
            ensure!(found[0].as_u64().is_some_and(|wide| wide <= width), "{name} at {width} px: {found}");
            Ok(())
        };
        let sees = async |selector: &str| {
            page.until(selector, &format!("{inside} return d.querySelector({})", json!(selector))).await
        };
        let click = async |selector: &str| {
            sees(selector).await?;
            page.run(&format!("{inside} d.querySelector(arguments[0]).click()"), &[json!(selector)]).await
        };
        sees("nav").await?;
        page.without_chance("document.querySelector('iframe').contentWindow").await?;
        fits("home").await?;
        click(&format!("button[aria-label='Start: {form}']")).await?;
        for number in 0..questions {
            sees("form fieldset").await?;
            fits("question").await?;
            click("label.choice input").await?;
            click(".sure button:enabled").await?;
            sees(".verdict").await?;
            fits(&format!("answered {number}")).await?;
            click(".end a").await?;
            page.until("the next", &format!("{inside} return !d.querySelector('.verdict')")).await?;
        }
        sees("svg.arc").await?;
        fits("result").await?;
        click("a.primary").await?;
        sees("details").await?;
        page.run(&format!("{inside} d.querySelectorAll('details').forEach(e => e.open = true)"), &[]).await?;
        fits("review").await?;
        for name in ["results", "method", "skill/data-structures-algorithms", "nowhere"] {
            let script = "document.querySelector('iframe').contentWindow.location.hash = arguments[0]";
            page.run(script, &[json!(format!("#/{name}"))]).await?;
            let here = format!(
                "{inside} return d.defaultView.location.hash === '#/{name}' && d.querySelector('h1')"
            );
            page.until(name, &here).await?;
            fits(name).await?;
        }
    }
    Ok(())
}

async fn a_host_without_the_bank_says_so(page: Page) -> Result<()> {
    page.open(&page.host.without_bank()).await?;
    page.sees("[role=alert]").await?;
    let text = page.text("[role=alert]").await?;
    ensure!(text.contains("answered 404") && text.contains("Try again"), "{text}");
    page.click("[role=alert] button").await?;
    page.sees("[role=alert]").await?;

    page.open(&page.host.without_shards()).await?;
    page.click("button[aria-label='Start: Quick check']").await?;
    page.sees("main [role=alert] button").await?;
    ensure!(page.texts(".progress").await?.len() == 1, "the quiz is there, and can be paused");
    page.click("main [role=alert] button").await?;
    page.sees("main [role=alert] button").await
}

/// What the folder's `index.html` says by itself.
async fn readable_before_any_program(page: Page) -> Result<()> {
    page.goto(&page.host.frame()).await?;
    let script = "const done = arguments[arguments.length - 1]; fetch(arguments[0]).then(r => r.text()).then(t => { \
        const d = new DOMParser().parseFromString(t, 'text/html'); \
        done({ title: d.title, heading: d.querySelector('h1').textContent, loading: d.querySelector('[role=status]').textContent, \
        noscript: d.querySelector('noscript').textContent, \
        absolute: [...d.querySelectorAll('[href], [src]')].map(e => e.getAttribute('href') ?? e.getAttribute('src')).filter(a => a.startsWith('/')) }) })";
    let found = page.run_async(script, &[json!(page.host.app())]).await?;
    ensure!(found["title"].as_str().is_some_and(|title| title.starts_with("Sextant")));
    ensure!(found["heading"] == json!("Find out where you stand."));
    ensure!(found["loading"] == json!("Loading…"));
    ensure!(found["noscript"].as_str().is_some_and(|text| text.contains("WebAssembly")));
    ensure!(found["absolute"] == json!([]), "{found}");
    Ok(())
}

async fn refused_storage_by_the_browser(page: Page) -> Result<()> {
    page.open(&page.host.app()).await?;
    refused_storage(&page).await
}

async fn refused_storage_by_a_throwing_page(page: Page) -> Result<()> {
    page.open(&page.host.refusing_storage()).await?;
    refused_storage(&page).await
}

async fn refused_storage(page: &Page) -> Result<()> {
    let script = "try { localStorage.getItem('x'); return 'given' } catch (error) { return 'refused' }";
    ensure!(page.run(script, &[]).await? == json!("refused"), "the browser gives storage");
    let said = page.text(".notices").await?;
    ensure!(said.contains("Not saved.") && said.contains("no storage"), "{said}");
    page.start("Quick check").await?;
    page.finish().await?;
    page.heading_is("Between ").await?;
    ensure!(page.text(".notices").await?.contains("Not saved."), "the notice stays");
    page.follow("#/", "Find out").await?;
    ensure!(page.text(".label").await?.starts_with("Between "));
    Ok(())
}

async fn storage_that_fails_in_the_middle(page: Page) -> Result<()> {
    page.open(&page.host.app()).await?;
    page.start("Quick check").await?;
    page.answer(1, 1).await?;
    ensure!(page.text(".notices").await?.is_empty());
    let full = "window.kept = Storage.prototype.setItem; \
                Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }";
    page.run(full, &[]).await?;
    page.next().await?;
    page.answer(1, 1).await?;
    let said = page.text(".notices").await?;
    ensure!(said.contains("did not save the last change"), "{said}");
    ensure!(answers(&page).await?.len() == 1, "the answer given before stays stored");
    // Saving something else says nothing about the answers.
    let sessions_only = "Storage.prototype.setItem = function (k, v) { \
        if (k.includes(':session:')) throw new DOMException('full', 'QuotaExceededError'); window.kept.call(this, k, v) }";
    page.run(sessions_only, &[]).await?;
    set_theme(&page, "dark").await?;
    ensure!(page.text(".notices").await?.contains("did not save"), "the notice went with the theme");
    // Space again: the next answer saves the whole session.
    page.run("Storage.prototype.setItem = window.kept", &[]).await?;
    page.next().await?;
    page.answer(1, 1).await?;
    page.until("no notice", "return !document.querySelector('.notices').textContent").await?;
    ensure!(answers(&page).await?.len() == 3);
    // All of it throws: nothing breaks, and the quiz can be abandoned.
    let throw = "for (const f of ['getItem', 'setItem', 'removeItem']) \
                 Storage.prototype[f] = () => { throw new DOMException('gone', 'SecurityError') }";
    page.run(throw, &[]).await?;
    page.click(".progress button").await?;
    page.click("dialog[open] .danger").await?;
    page.heading_is("Find out").await?;
    ensure!(page.text(".notices").await?.contains("no storage"));
    Ok(())
}

async fn two_tabs_share_a_quiz(page: Page) -> Result<()> {
    page.open(&page.host.app()).await?;
    page.start("Quick check").await?;
    let address = page.address().await?;
    let first = page.other_tab(&address).await?;
    page.sees("form fieldset").await?;
    page.answer(1, 1).await?;
    page.next().await?;
    page.answer(2, 2).await?;
    // The first tab shows the answer that the second one gave, and goes on after both.
    page.switch_to(first).await?;
    page.sees(".verdict").await?;
    page.click(".end a.primary").await?;
    page.heading_is("Question 2:").await?;
    page.sees(".verdict").await?;
    page.click(".end a.primary").await?;
    page.heading_is("Question 3:").await?;
    page.sees("form fieldset").await?;
    page.answer(1, 3).await?;
    ensure!(answers(&page).await?.len() == 3);
    Ok(())
}

async fn damaged_values_are_told_and_left_alone(page: Page) -> Result<()> {
    page.open(&page.host.app()).await?;
    page.start("Quick check").await?;
    page.answer(1, 1).await?;
    let harm = "const key = Object.keys(localStorage).find(k => k.includes(':session:')); const good = localStorage[key]; \
        localStorage[key + '-damaged'] = good.slice(0, -9); \
        localStorage[key + '-newer'] = good.replace('\"format\":1', '\"format\":2'); \
        localStorage[key.replace(/session:.*/, 'label')] = '[]'; \
        localStorage.theme = 'another app\\'s'";
    page.run(harm, &[]).await?;
    let damaged =
        "return Object.entries(localStorage).filter(([k]) => /-damaged$|-newer$|^theme$/.test(k)).sort()";
    let before = page.run(damaged, &[]).await?;
    page.reload().await?;
    let said = page.text(".notices").await?;
    ensure!(said.starts_with("3 saved values could not be read"), "{said}");
    page.next().await?;
    page.finish().await?;
    ensure!(page.run(damaged, &[]).await? == before);
    ensure!(
        page.stored(":label:set-aside").await? == [json!([])],
        "the label that could not be read is kept aside"
    );
    page.reload().await?;
    page.sees("svg.arc").await?;
    ensure!(page.text("h1").await?.starts_with("Between "));
    Ok(())
}
