use crate::analysis::reconcile::{Point, Standing, coders_of};
use crate::app::command::Command;
use crate::app::context::Cx;
use crate::study::{CoderId, Material, Study};
use crate::text::Span;

/// A way to settle a point.
pub struct Choice {
    /// The command that takes it, where one does.
    pub command: Option<Command>,
    /// What it is called.
    pub title: String,
    /// What was decided by it, for History and the list.
    pub outcome: String,
    /// What the agreed layer has then; none is what is selected in the text.
    pub spans: Option<Vec<Span>>,
}

impl Choice {
    /// That the words are not agreed on at all.
    pub fn leave_out() -> Self {
        let title = Command::LeaveOut.title().to_owned();
        Self { command: Some(Command::LeaveOut), title, outcome: "left out".to_owned(), spans: Some(Vec::new()) }
    }
}

/// The ways to settle a point: as one of the coders has it, oneself first; as all have it together; by other words; by none,
/// where nobody has it so.
pub fn choices(cx: &Cx<'_>, material: &Material, point: &Point) -> Vec<Choice> {
    let me = cx.project.map(|project| project.me.coder);
    let mut coders: Vec<CoderId> = coders_of(material).into_iter().collect();
    coders.sort_by_key(|coder| Some(*coder) != me);
    let of_coder = |(at, coder): (usize, &CoderId)| {
        let mine = Some(*coder) == me;
        let whose = if mine { "mine".to_owned() } else { format!("{}’s", name(cx.study, *coder)) };
        let title = if mine { "Mine".to_owned() } else { whose.clone() };
        let spans = point.of(*coder);
        let outcome = if spans.is_empty() { "left out".to_owned() } else { whose };
        let command = [Command::KeepMine, Command::KeepTheirs, Command::KeepThird, Command::KeepFourth].get(at).copied();
        Choice { command, title, outcome, spans: Some(spans) }
    };
    let mut choices: Vec<Choice> = coders.iter().enumerate().map(of_coder).collect();
    let is_offered = |choices: &[Choice], spans: &[Span]| choices.iter().any(|choice| choice.spans.as_deref() == Some(spans));
    let all = point.all();
    if !is_offered(&choices, &all) {
        let title = if coders.len() == 2 { "Both" } else { "All" };
        choices.push(Choice { command: Some(Command::KeepBoth), title: title.to_owned(), outcome: title.to_lowercase(), spans: Some(all) });
    }
    let title = "The selected words".to_owned();
    choices.push(Choice { command: Some(Command::KeepSelected), title, outcome: "other words".to_owned(), spans: None });
    if !is_offered(&choices, &[]) {
        choices.push(Choice::leave_out());
    }
    choices
}

/// How a point was settled, in words; nothing while it is open.
pub fn outcome(cx: &Cx<'_>, material: &Material, point: &Point) -> Option<String> {
    matches!(point.standing, Standing::Settled(_)).then(|| {
        let chosen = choices(cx, material, point).into_iter().find(|choice| choice.spans.as_ref() == Some(&point.agreed));
        chosen.map_or_else(|| "other words".to_owned(), |choice| choice.outcome)
    })
}

/// In what coders differ on a point; `name` tells what they are called.
pub fn difference(study: &Study, material: &Material, point: &Point, name: fn(&Study, CoderId) -> &str) -> String {
    let (with, without): (Vec<CoderId>, Vec<CoderId>) = coders_of(material).into_iter().partition(|coder| !point.of(*coder).is_empty());
    match (with.as_slice(), without.as_slice()) {
        (_, []) => "Other ends".to_owned(),
        ([one], _) => format!("Only {}", name(study, *one)),
        (_, [one]) => format!("Not {}", name(study, *one)),
        _ => format!("{} of {} coders", with.len(), with.len() + without.len()),
    }
}

/// The initials of a coder.
pub fn initials(study: &Study, coder: CoderId) -> &str {
    study.coders().get(&coder).map_or("?", |coder| coder.initials.as_str())
}

/// The name of a coder.
pub fn name(study: &Study, coder: CoderId) -> &str {
    study.coders().get(&coder).map_or("another coder", |coder| coder.name.as_str())
}

/// Words by so many of `each` of their ends, so that other ends are seen: “The forms were … late again.”
pub fn ends(words: &str, each: usize) -> String {
    let all: Vec<&str> = words.split_whitespace().collect();
    match (all.get(..each), all.len().checked_sub(each).and_then(|from| all.get(from..))) {
        (Some(first), Some(last)) if all.len() > 2 * each + 1 => format!("“{} … {}”", first.join(" "), last.join(" ")),
        _ => format!("“{}”", all.join(" ")),
    }
}

#[cfg(test)]
mod tests {
    use super::ends;

    #[test]
    fn words_are_shown_by_their_ends() {
        assert_eq!(ends("It was  fine,\naye, mostly.", 3), "“It was fine, aye, mostly.”");
        assert_eq!(ends("one two three four five six seven eight", 3), "“one two three … six seven eight”");
        assert_eq!(ends("", 3), "“”");
    }
}
