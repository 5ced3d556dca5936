//! Figures and names as the reader sees them, and the texts of the start page, which the build writes into `index.html` too.

use crate::quiz::{
    content::{
        bank::{Catalog, Salary},
        reply::Sure,
        statement::{People, Scope, Years},
    },
    saved::label::Score,
    scoring::measure::Estimate,
    taking::form::Form,
};

/// A form's name.
pub fn form(catalog: &Catalog, form: &Form) -> String {
    match form {
        Form::Quick => "Quick check".into(),
        Form::Full => "Full assessment".into(),
        Form::Short => "Short assessment".into(),
        Form::Skill { skill, .. } => {
            catalog.skill(skill).map_or_else(|| skill.to_string(), |(_, skill)| skill.short.clone())
        }
    }
}

/// Above the start page's heading.
pub const EYEBROW: &str = "Distributed systems · 15 skills · 5 career stages";
/// The start page's heading.
pub const TITLE: &str = "Find out where you stand.";
/// Below it.
pub const LEAD: &str = "Answer questions on the fifteen skills of a distributed systems engineer. See your score in each skill with its \
     margin of error, your career stage, and what separates you from the next.";
/// The heading of the list of skills.
pub const SKILLS: &str = "The fifteen skills";

/// What the start page says about a form.
pub fn about(form: &Form) -> &'static str {
    match form {
        Form::Quick => {
            "One question per skill: a first estimate, with wide margins. You get an overall score and the stage, or the two \
             stages, that fit."
        }
        Form::Full | Form::Short => {
            "Four questions per skill, adapted to your answers. You get a score with its margin for every skill, your stage, \
             and the reasons for it. The short form asks three per skill."
        }
        Form::Skill { .. } => {
            "Focus on one skill and get its score. You see the explanation after each answer."
        }
    }
}

/// How many questions a form has, and about how long they take: "15 questions", "about 13 min".
pub fn length(catalog: &Catalog, form: &Form) -> [String; 2] {
    let questions = form.length(catalog);
    let minutes = form.minutes(catalog, questions);
    [count(questions, "question", "questions"), format!("about {minutes} min")]
}

/// The same of one-skill quizzes, whichever the skill.
pub fn skill_length(catalog: &Catalog) -> [String; 2] {
    let lengths = |form: Form| {
        [form.length_at_least(catalog), form.length(catalog)].map(|n| (n, form.minutes(catalog, n)))
    };
    let forms: Vec<_> = catalog.skills.iter().flat_map(|skill| lengths(Form::on_skill(skill))).collect();
    let questions = range(forms.iter().map(|(questions, _)| *questions));
    let minutes = range(forms.iter().map(|(_, minutes)| *minutes as usize));
    [format!("{questions} questions"), format!("about {minutes} min")]
}

/// The label of a confidence button.
pub fn sure(sure: Sure) -> &'static str {
    match sure {
        Sure::Not => "Not sure",
        Sure::Fairly => "Fairly sure",
        Sure::Sure => "Sure",
    }
}

/// The range of probabilities of being right that a confidence button means.
pub fn sure_range(sure: Sure) -> String {
    let (low, high) = sure.range();
    let percent = |share: f64| whole(share * 100.0);
    match sure {
        Sure::Not => format!("under {}%", percent(high)),
        Sure::Fairly => format!("{} to {}%", percent(low), percent(high)),
        Sure::Sure => format!("over {}%", percent(low)),
    }
}

/// A number with its noun.
pub fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// From the smallest to the largest of some numbers: "3" or "3 to 5".
pub fn range(numbers: impl Iterator<Item = usize> + Clone) -> String {
    match (numbers.clone().min(), numbers.max()) {
        (Some(low), Some(high)) if low < high => format!("{low} to {high}"),
        (_, high) => high.unwrap_or(0).to_string(),
    }
}

/// The nearest whole number.
pub fn whole(value: f64) -> i64 {
    value.round() as i64
}

/// A number to one decimal, made from whole numbers: the standard library's formatting of floats, with its sine in the
/// arc, made the app 25 KB larger.
pub fn tenths(value: f64) -> String {
    let tenths = whole(value * 10.0);
    let sign = if tenths < 0 { "-" } else { "" };
    format!("{sign}{}.{}", tenths.abs() / 10, tenths.abs() % 10)
}

/// A number of 0 or more to two decimals.
pub fn hundredths(value: f64) -> String {
    let hundredths = whole(value * 100.0);
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

/// A probability estimated from draws. It is rounded down, so that it never looks as if it had reached a threshold that
/// it missed; and draws never show that something is impossible or certain.
pub fn percent(share: f64) -> String {
    match (share * 100.0 + 1e-9) as u32 {
        0 => "<1%".into(),
        100 => ">99%".into(),
        percent => format!("{percent}%"),
    }
}

/// Names in a sentence: "A, B and C".
pub fn list(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [name] => name.clone(),
        [names @ .., last] => format!("{} and {last}", names.join(", ")),
    }
}

/// An option for years of experience.
pub fn years(years: Years) -> &'static str {
    match years {
        Years::UnderTwo => "under 2",
        Years::Two => "2 to 4",
        Years::Five => "5 to 9",
        Years::Ten => "10 or more",
    }
}

/// An option for the largest scope of responsibility.
pub fn scope(scope: Scope) -> &'static str {
    match scope {
        Scope::Tasks => "my own tasks",
        Scope::Team => "a system or a team",
        Scope::Teams => "several teams",
        Scope::Organization => "a whole organization",
    }
}

/// An option for the number of people led.
pub fn people(people: People) -> &'static str {
    match people {
        People::None => "nobody",
        People::Few => "1 to 5",
        People::Team => "6 to 20",
        People::Many => "more than 20",
    }
}

/// A score with its margin: "62 ±10", or "3 (0 to 11)" near an end of the scale.
pub fn score(score: Score) -> String {
    match score.cut_interval() {
        Some((low, high)) => format!("{} ({low} to {high})", score.score),
        None => format!("{} ±{}", score.score, score.margin),
    }
}

/// The same for screen readers.
pub fn score_aloud(score: Score) -> String {
    match score.cut_interval() {
        Some((low, high)) => format!("score {}, between {low} and {high}", score.score),
        None => format!("score {}, plus or minus {}", score.score, score.margin),
    }
}

/// An estimate in words, for anyone who cannot see its picture.
pub fn band(estimate: Estimate) -> String {
    let (low, high) = estimate.band();
    format!("{}, 80% interval {} to {}", whole(estimate.score()), whole(low), whole(high))
}

/// A salary range in US dollars, with commas for thousands.
pub fn salary(salary: &Salary) -> String {
    let thousands = |dollars: u32| format!("{},{:03}", dollars / 1000, dollars % 1000);
    let more = if salary.or_more { " or more" } else { "" };
    format!("USD {} to {}{more} a year", thousands(salary.from), thousands(salary.to))
}

/// Milliseconds as whole days.
pub fn days(milliseconds: u64) -> u64 {
    milliseconds / (24 * 60 * 60 * 1000)
}
