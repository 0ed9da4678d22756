use super::counted::{At, Counted};
use super::lines::Line;
use crate::analysis::matrix::{Axis, Cell, CellKind, Figure, Head, Measure, People, Point, RestsOn};
use crate::app::numbers;
use crate::study::{NOT_STATED, PATH_SEPARATOR, Study};

/// `count` of something, in words.
#[must_use]
pub fn count(count: u32, one: &str, many: &str) -> String {
    numbers::counted(count as usize, one, many)
}

/// A number with thousands apart.
#[must_use]
pub fn figures(number: u32) -> String {
    numbers::grouped(number as usize)
}

/// Everybody beside the participants: pairs, groups, interviews, the unidentified.
fn besides(people: People) -> Vec<String> {
    [
        (people.pairs, "pair", "pairs"),
        (people.groups, "group", "groups"),
        (people.interview_labels, "interview", "interviews"),
        (people.unidentified, "unidentified", "unidentified"),
    ]
    .into_iter()
    .filter(|(number, ..)| *number > 0)
    .map(|(number, one, many)| count(number, one, many))
    .collect()
}

/// Who is heard, of how many: "4 of 6 participants + 1 group".
#[must_use]
pub fn who(cell: &Cell) -> String {
    part_of(cell.people, cell.n)
}

/// Some of those who are there: "4 of 6 participants + 1 group".
#[must_use]
pub fn part_of(some: People, all: People) -> String {
    let mut parts = Vec::new();
    if all.persons > 0 || some.total() == 0 {
        parts.push(format!("{} of {}", some.persons, count(all.persons, "participant", "participants")));
    }
    parts.extend(besides(some));
    parts.join(" + ")
}

/// How many there are: "6 participants".
#[must_use]
pub fn how_many(n: People) -> String {
    let mut parts = Vec::new();
    if n.persons > 0 || n.total() == 0 {
        parts.push(count(n.persons, "participant", "participants"));
    }
    parts.extend(besides(n));
    parts.join(" + ")
}

/// The same for the head of a column: "6+1".
#[must_use]
pub fn how_many_short(n: People) -> String {
    match n.others() {
        0 => n.persons.to_string(),
        others => format!("{}+{others}", n.persons),
    }
}

/// How far coding is: "2 of 3 sources done".
#[must_use]
pub fn done(cell: &Cell) -> String {
    format!("{} of {} done", cell.done, count(cell.sources, "source", "sources"))
}

/// The facts of a cell as a sentence.
#[must_use]
pub fn facts(cell: &Cell) -> String {
    if cell.kind() == CellKind::NoSuchParticipants {
        return "no such participants".to_owned();
    }
    let rests = rests_on(cell).map(|rests| format!("; {rests}")).unwrap_or_default();
    format!("{}, {}; {}{rests}", who(cell), count(cell.passages, "passage", "passages"), done(cell))
}

/// On how little a cell rests, if it does.
fn rests_on(cell: &Cell) -> Option<&'static str> {
    Some(match cell.rests_on()? {
        RestsOn::OnePerson if cell.people.persons == 1 => "rests on one person",
        RestsOn::OnePerson => "rests on one pair, group or interview",
        RestsOn::OneGroup => "rests on one participant group",
    })
}

/// Who is heard, as a file has it: "4 of 6 + 1 group". A spreadsheet would take "4/6" for a day.
#[must_use]
pub fn heard_in_words(cell: &Cell) -> String {
    if cell.n.persons == 0 && cell.people.total() == 0 {
        return count(cell.passages, "passage", "passages");
    }
    let persons = (cell.n.persons > 0).then(|| format!("{} of {}", cell.people.persons, cell.n.persons));
    persons.into_iter().chain(besides(cell.people)).collect::<Vec<_>>().join(" + ")
}

/// What a cell or total prints; "…" behind it says that not all of its sources are marked done.
#[must_use]
pub fn printed(counted: &Counted, measure: Measure, page: usize, row: At, column: At) -> String {
    let Some(cell) = counted.cell(page, row, column) else { return String::new() };
    let open = cell.done < cell.sources;
    let mut words = match cell.kind() {
        CellKind::NoSuchParticipants => return "–".to_owned(),
        CellKind::Open | CellKind::DoneNothing => "0".to_owned(),
        CellKind::Coded => match (measure, counted.figure(measure, page, row, column)) {
            (Measure::Participants, _) => heard(cell),
            (_, Some(Figure::Count(number))) => figures(number),
            (_, Some(Figure::Share(share))) => format!("{:.0} %", share * 100.0),
            (_, None) => "–".to_owned(),
        },
    };
    if open {
        words.push('…');
    }
    words
}

/// "4/6" persons; "+1" for a pair, group or interview that answers as one; "9 ¶" where nobody is known who said it.
fn heard(cell: &Cell) -> String {
    let others = cell.people.others();
    match (cell.n.persons, others) {
        (0, 0) => format!("{} ¶", figures(cell.passages)),
        (0, others) => format!("+{others}"),
        (n, 0) => format!("{}/{n}", cell.people.persons),
        (n, others) => format!("{}/{n}+{others}", cell.people.persons),
    }
}

/// The name of a point; a theme with its number.
#[must_use]
pub fn point_name(study: &Study, point: Point) -> String {
    let theme_name = |theme| study.codebook().get(theme).map_or("", |theme| theme.name.as_str());
    match point {
        Point::Theme(theme) => format!("{} {}", study.codebook().number(theme), theme_name(theme)),
        Point::ThemeOnly(theme) => format!("{} {} (this level only)", study.codebook().number(theme), theme_name(theme)),
        Point::Case(case) => case.and_then(|case| study.case(case)).map_or(NOT_STATED, |case| &case.label).to_owned(),
        Point::Value(value) => value.map_or(NOT_STATED, |value| study.attributes().value_name(value)).to_owned(),
    }
}

/// A name for a line that says more than it; a very long one is cut.
#[must_use]
pub fn short(name: &str) -> String {
    match name.char_indices().nth(60).and_then(|(at, _)| name.get(..at)) {
        Some(start) => format!("{}…", start.trim_end()),
        None => name.to_owned(),
    }
}

/// The names of a column from the outermost in, joined.
#[must_use]
pub fn head_name(head: &Head) -> String {
    let names: Vec<_> = head.names.iter().map(|name| name.as_deref().unwrap_or(NOT_STATED)).collect();
    names.join(PATH_SEPARATOR)
}

/// The name of a column.
#[must_use]
pub fn column_name(counted: &Counted, column: At) -> String {
    let name = counted.column(column).map(head_name).unwrap_or_default();
    match column {
        At::Total => "All".to_owned(),
        At::Leaf(_) => name,
        At::Group(_) => format!("{name}{PATH_SEPARATOR}All"),
    }
}

/// What a strip of columns without participants says.
#[must_use]
pub fn nobody_in(columns: usize) -> String {
    count(columns as u32, "column without participants", "columns without participants")
}

/// The names of points, the outermost first.
#[must_use]
pub fn points_name(study: &Study, points: &[Point]) -> String {
    let names: Vec<_> = points.iter().map(|point| point_name(study, *point)).collect();
    names.join(PATH_SEPARATOR)
}

/// The name of a row; `None` is the total.
#[must_use]
pub fn row_name(study: &Study, counted: &Counted, line: Option<&Line>) -> String {
    line.map_or_else(|| total_name(counted).to_owned(), |line| points_name(study, &line.points))
}

/// The same without the numbers of themes.
#[must_use]
pub fn plain_row_name(study: &Study, counted: &Counted, line: Option<&Line>) -> String {
    let Some(line) = line else { return total_name(counted).to_owned() };
    let theme_name = |theme| study.codebook().get(theme).map_or("", |theme| theme.name.as_str());
    let name = |point: &Point| match point {
        Point::Theme(theme) => theme_name(*theme).to_owned(),
        Point::ThemeOnly(theme) => format!("{} (this level only)", theme_name(*theme)),
        point => point_name(study, *point),
    };
    let names: Vec<_> = line.points.iter().map(name).collect();
    names.join(PATH_SEPARATOR)
}

/// The name of the row under all others.
#[must_use]
pub fn total_name(counted: &Counted) -> &'static str {
    if counted.matrix.spec.rows == [Axis::Themes] { "Any theme" } else { "All" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::matrix::{Filter, MatrixSpec};
    use crate::analysis::testing::{Builder, values};
    use crate::study::{AttributeOf, CaseKind, Role, StatusKind};
    use crate::text::Voice;

    #[test]
    fn only_very_long_names_are_cut() {
        for (name, said) in [("", String::new()), ("Money", "Money".into()), (&"ä".repeat(60), "ä".repeat(60))] {
            assert_eq!(short(name), said);
        }
        assert_eq!(short(&format!("{} and more", "ä".repeat(59))), format!("{}…", "ä".repeat(59)));
    }

    #[test]
    fn people_are_told_apart() {
        let people = |persons, groups| People { persons, groups, ..People::default() };
        let cell = |heard, n| Cell { people: heard, n, passages: 1200, codings: 1, sources: 3, done: 2, ..Cell::default() };
        let check = |cell: Cell, printed: &str, sentence: &str| {
            assert_eq!((heard(&cell).as_str(), facts(&cell).as_str()), (printed, sentence));
        };
        check(cell(people(4, 0), people(6, 0)), "4/6", "4 of 6 participants, 1,200 passages; 2 of 3 sources done");
        check(cell(people(4, 1), people(6, 2)), "4/6+1", "4 of 6 participants + 1 group, 1,200 passages; 2 of 3 sources done");
        check(
            cell(people(0, 1), people(0, 1)),
            "+1",
            "1 group, 1,200 passages; 2 of 3 sources done; rests on one pair, group or interview",
        );
        let nobody = "0 of 0 participants, 1,200 passages; 2 of 3 sources done";
        check(cell(people(0, 0), people(0, 0)), "1,200 ¶", nobody);
        let few = Cell { groups_heard: 1, groups: 2, ..cell(people(2, 0), people(6, 0)) };
        let rests = "; rests on one participant group";
        check(few, "2/6", &format!("2 of 6 participants, 1,200 passages; 2 of 3 sources done{rests}"));
        for (cell, words) in [
            (cell(people(4, 1), people(6, 2)), "4 of 6 + 1 group"),
            (cell(people(0, 2), people(0, 2)), "2 groups"),
            (cell(people(0, 0), people(0, 0)), "1,200 passages"),
        ] {
            assert_eq!(heard_in_words(&cell), words);
        }
    }

    /// Two people: one is heard on a theme in a source that is not done, of the other's two one is done.
    #[test]
    fn no_cell_is_ambiguous() {
        let mut builder = Builder::new();
        let coder = builder.coder("Elspeth");
        let group = builder.attribute("Group", AttributeOf::Cases, Some(Role::Group), None);
        let [leads, workers, others] = ["Leads", "Workers", "Others"].map(|name| builder.value(group, name));
        let theme = builder.theme(None, "Trust");
        builder.theme(None, "Money");
        for (label, value, done) in [("L", leads, false), ("W", workers, true)] {
            let case = builder.case(label, CaseKind::Person, values(&[(group, value)]));
            let put = builder.source(label, Some(case), values(&[]), &[(None, Voice::Participant, "We trust one another.")]);
            if done {
                builder.status(&put, coder, StatusKind::Done);
            } else {
                builder.code(&put, put.span("trust"), theme, coder);
            }
        }
        builder.case("O", CaseKind::Person, values(&[(group, others)]));
        let columns = vec![Axis::Attribute(group)];
        let spec = MatrixSpec { rows: vec![Axis::Themes], columns, pages: Vec::new(), filter: Filter::default() };
        let counted = Counted::new(&builder.study(), &spec).unwrap();
        let row =
            |measure, row| [At::Leaf(0), At::Leaf(1), At::Leaf(2), At::Total].map(|column| printed(&counted, measure, 0, row, column));
        assert_eq!(row(Measure::Participants, At::Leaf(0)), ["1/1…", "0", "–", "1/2…"]);
        assert_eq!(row(Measure::Participants, At::Leaf(1)), ["0…", "0", "–", "0…"]);
        assert_eq!(row(Measure::Passages, At::Total), ["1…", "0", "–", "1…"]);
    }
}
