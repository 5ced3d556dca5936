//! What holds on every page: addresses, accessibility, width, and what is there when something is missing.

use anyhow::{Result, ensure};
use serde_json::json;

use crate::{
    harness::{ANSWER, FILL, Page, SEES},
    steps::{THEMES, set_theme, violations},
};

pub(crate) async fn addresses_that_lead_nowhere(page: Page) -> Result<()> {
    page.open(&(page.host.app() + "#/nothing/here")).await?;
    page.heading_is("No such page").await?;
    page.follow("#/result/01a1ee565e00-a205b064", "No such quiz").await?;
    page.follow("#/review/01a1ee565e00-a205b064", "No such quiz").await?;
    page.follow("#/quiz/01a1ee565e00-a205b064/3", "No such quiz").await?;
    page.follow("#/result/cut", "No such page").await?;
    page.follow("#/skill/unknown", "No such skill").await?;
    // By a click: WebKit steps back over pages that nobody touched.
    page.click("nav a[href='#/results']").await?;
    page.heading_is("Results").await?;
    ensure!(page.text("main").await?.contains("haven’t taken a quiz"));
    page.back().await?;
    page.heading_is("No such skill").await
}

pub(crate) async fn no_page_has_an_accessibility_violation(page: Page) -> Result<()> {
    page.open(&page.host.app()).await?;
    for theme in THEMES {
        set_theme(&page, theme).await?;
        let check = async |name: &str| violations(&page, &format!("{name}, {theme}")).await;
        page.follow("#/", "Find out").await?;
        check("home").await?;
        page.start("Quick check").await?;
        check("question").await?;
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
        for (fragment, heading) in [
            ("#/results", "Results"),
            ("#/data", "Your data"),
            ("#/method", "How Sextant"),
            ("#/none", "No such page"),
        ] {
            page.follow(fragment, heading).await?;
            check(heading).await?;
        }
    }
    Ok(())
}

/// In a frame, because only one of the engines has windows as narrow as a phone. Code, tables and pictures may scroll by
/// themselves: there a scroll bar takes room that it does not on a phone.
pub(crate) async fn nothing_scrolls_sideways_on_a_phone(page: Page) -> Result<()> {
    // The long form at the narrowest width meets most of the bank.
    for (width, form, questions) in [(320, "Full assessment", 60), (390, "Quick check", 15)] {
        page.goto(&page.host.frame()).await?;
        let script = "const f = document.createElement('iframe'); f.width = arguments[0]; f.height = 800; \
                      f.src = arguments[1]; document.body.append(f)";
        page.run(script, &[json!(width), json!(page.host.app())]).await?;
        let inside = "const d = document.querySelector('iframe').contentDocument;";
        let overflow = format!(
            "return [d.documentElement.scrollWidth, ...[...d.querySelectorAll('main *')]\
             .filter(e => !e.closest('pre, .scroll, .hidden, .picture') && e.getBoundingClientRect().right > {width} + 1)\
             .map(e => e.outerHTML.slice(0, 100))]"
        );
        let fits = async |name: &str| {
            let found = page.run(&format!("{inside} {overflow}"), &[]).await?;
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
            let script = format!(
                "const [n, done] = arguments; {SEES} {FILL} {ANSWER} {inside} \
                 const check = async name => {{ await new Promise(settled => setTimeout(settled)); \
                     const found = (() => {{ {overflow} }})(); \
                     if (found.length > 1 || found[0] > {width}) throw `${{name}} ${{n}} at {width} px: ${{found}}` }}; \
                 answer(d, n % 3 + 1, n % 3 + 1, check).then(done, error => done(String(error)))"
            );
            let found = page.run_async(&script, &[json!(number)]).await?;
            ensure!(found == json!("question"), "{found}");
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

pub(crate) async fn a_host_without_the_bank_says_so(page: Page) -> Result<()> {
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
pub(crate) async fn readable_before_any_program(page: Page) -> Result<()> {
    page.goto(&page.host.frame()).await?;
    let script = "const done = arguments[arguments.length - 1]; fetch(arguments[0]).then(r => r.text()).then(t => { \
        const d = new DOMParser().parseFromString(t, 'text/html'); \
        done({ title: d.title, heading: d.querySelector('h1').textContent, loading: d.querySelector('[role=status]').textContent, \
        noscript: d.querySelector('noscript').textContent, \
        inline: d.querySelectorAll('script:not([src]), style, [style], [onload], [onerror]').length, \
        absolute: [...d.querySelectorAll('[href], [src]')].map(e => e.getAttribute('href') ?? e.getAttribute('src')).filter(a => a.startsWith('/')) }) })";
    let found = page.run_async(script, &[json!(page.host.app())]).await?;
    ensure!(found["title"].as_str().is_some_and(|title| title.starts_with("Sextant")));
    ensure!(found["heading"] == json!("Find out where you stand."));
    ensure!(found["loading"] == json!("Loading…"));
    ensure!(found["noscript"].as_str().is_some_and(|text| text.contains("WebAssembly")));
    ensure!(found["absolute"] == json!([]), "{found}");
    ensure!(found["inline"] == json!(0), "a strict policy refuses scripts and styles within the page");
    Ok(())
}
