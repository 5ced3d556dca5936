//! The start page as HTML, which can be read and used before the program has arrived. `src/app/pages/home.rs` draws the same
//! for a reader without any quiz; a journey compares the two.

use sextant::{
    quiz::{
        content::bank::{Catalog, Skill},
        taking::form::Form,
    },
    route::Route,
    words,
};

/// What is within `main`.
pub(super) fn html(catalog: &Catalog) -> String {
    let (quick, full) = (card(catalog, &Form::Quick, None), card(catalog, &Form::Full, Some(&Form::Short)));
    let one_skill = catalog.skills.first().map_or("", |skill| words::about(&Form::on_skill(skill)));
    let skill = |skill: &Skill| {
        let address = Route::Skill(skill.id.0.clone());
        format!("<li><a href=\"{address}\">{}</a></li>", escaped(&skill.short))
    };
    let skills = catalog.skills.iter().map(skill).collect::<Vec<_>>().concat();
    format!(
        "<div class=\"stack-lg\"><div class=\"hero\"><p class=\"eyebrow\">{eyebrow}</p><h1 tabindex=\"-1\">{title}</h1>\
         <p class=\"lead\">{lead}</p></div><section class=\"cards\" aria-label=\"Quizzes\">{quick}{full}\
         <section class=\"card\"><h2>One skill</h2><p>{one_skill}</p>{meta}<div class=\"row\"><a class=\"button\" \
         href=\"{at_skills}\">Choose a skill</a></div></section></section><section class=\"stack\"><h2 tabindex=\"-1\">\
         {heading}</h2><ul class=\"skills\">{skills}</ul></section></div>",
        eyebrow = words::EYEBROW,
        title = words::TITLE,
        lead = words::LEAD,
        meta = meta(&words::skill_length(catalog)),
        at_skills = Route::Skills,
        heading = words::SKILLS,
    )
}

/// A form that can be started at once, and perhaps the same with fewer questions.
fn card(catalog: &Catalog, form: &Form, shorter: Option<&Form>) -> String {
    let start = |form: &Form| Route::Start(form.clone().into());
    let name = words::form(catalog, form);
    let length = words::length(catalog, form);
    let primary = if *form == Form::Quick { " primary" } else { "" };
    let shorter = shorter.map_or_else(String::new, |form| {
        let (name, lasts) = (words::form(catalog, form), words::length(catalog, form).join(", "));
        format!(
            "<a class=\"button quiet two-lines\" aria-label=\"Start: {name} {lasts}\" href=\"{}\">{name} \
             <small>{lasts}</small></a>",
            start(form)
        )
    });
    format!(
        "<section class=\"card\"><h2>{name}</h2><p>{about}</p>{meta}<div class=\"row\"><a class=\"button{primary}\" \
         aria-label=\"Start: {name}\" href=\"{address}\">Start</a>{shorter}</div></section>",
        about = words::about(form),
        meta = meta(&length),
        address = start(form),
    )
}

fn meta(length: &[String; 2]) -> String {
    let [questions, minutes] = length;
    format!("<p class=\"meta\"><span>{questions}</span><span>{minutes}</span></p>")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}
