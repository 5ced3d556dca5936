//! Scripts that answer questions within the page, which is far quicker than a driver's dozen commands for each.

/// Waits within a script until `found` finds something in a document, and looks whenever the document changes.
pub(crate) const SEES: &str = "const sees = (page, found) => new Promise((seen, fail) => { \
    const end = () => { clearTimeout(late); watch.disconnect() }; \
    const look = () => { const it = found(); if (it) { end(); seen(it) } }; \
    const watch = new MutationObserver(look); \
    const late = setTimeout(() => { end(); fail(`waited in vain for ${found}`) }, 20_000); \
    watch.observe(page, { subtree: true, childList: true, attributes: true }); \
    look() });";

/// Fills in the open question in a document, whatever its kind; `n` varies it.
pub(crate) const FILL: &str = "const fill = (page, n) => { \
    const all = s => [...page.querySelectorAll('form ' + s)], at = (list, n) => list[(n - 1) % list.length]; \
    const field = all('#number')[0]; \
    if (field) { field.value = n * 7; field.dispatchEvent(new Event('input', { bubbles: true })) } \
    else if (all('.step').length) at(all('.down'), 1).click(); \
    else if (all('.reaction').length) { at(all('[name=best]'), n).click(); at(all('[name=worst]'), n + 1).click() } \
    else at(all('input'), n).click() };";

/// Answers the open question in a document with one of the three buttons (from 1) and goes on, or finds the
/// result. Calls `check` with the question and with what it says once it is answered. Needs the other two.
pub(crate) const ANSWER: &str = "const answer = async (page, n, sure, check = () => {}) => { \
    const one = s => page.querySelector(s); \
    if ((await sees(page, () => one('form fieldset, .result'))).matches('.result')) return 'result'; \
    await check('question'); \
    fill(page, n); \
    const button = `.sure button:nth-of-type(${sure}):enabled`; \
    (await sees(page, () => one(button))).click(); \
    await sees(page, () => one('.verdict')); \
    await check('answered'); \
    (await sees(page, () => one('.end a.primary'))).click(); \
    await sees(page, () => !one('.verdict')); \
    return 'question' };";
