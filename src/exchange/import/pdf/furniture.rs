use std::collections::HashMap;

use super::lines::Line;

/// So many pieces of lines at the top and at the bottom of a page can be its header and footer.
const EDGE: usize = 4;

/// Takes the lines out that come again at the edges of pages; how many there were, and one of them.
pub(super) fn take_out(pages: &mut [Vec<Line>]) -> Option<(usize, String)> {
    let mut counts: HashMap<Key, usize> = HashMap::new();
    for page in pages.iter() {
        let mut keys: Vec<_> = edges(page).into_iter().map(|(_, key)| key).collect();
        keys.sort_unstable();
        keys.dedup();
        for key in keys {
            *counts.entry(key).or_default() += 1;
        }
    }
    // Left and right pages can have lines of their own; a short document has few pages to tell by.
    let enough = (pages.len() / 4).max(if pages.len() < 4 { 2 } else { 3 });
    let mut taken = 0;
    let mut example = String::new();
    for page in pages.iter_mut() {
        let is_number_alone = |key: &Key| key.is_bottom && key.words == "#" && pages_are_few(&counts);
        let out: Vec<usize> = edges(page)
            .into_iter()
            .filter(|(_, key)| counts.get(key).is_some_and(|count| *count >= enough) || is_number_alone(key))
            .map(|(at, _)| at)
            .collect();
        taken += out.len();
        for at in &out {
            let words = page.get(*at).map(|line| line.words.as_str()).unwrap_or_default();
            if words.len() > example.len() {
                words.clone_into(&mut example);
            }
        }
        let mut at = 0;
        page.retain(|_| {
            at += 1;
            !out.contains(&(at - 1))
        });
    }
    (taken > 0).then_some((taken, example))
}

/// Whether there is but one page to tell by.
fn pages_are_few(counts: &HashMap<Key, usize>) -> bool {
    counts.values().all(|count| *count == 1)
}

/// The lines at the edges of a page, each with whether it is at the bottom and its words without numbers.
fn edges(page: &[Line]) -> Vec<(usize, Key)> {
    let mut order: Vec<usize> = (0..page.len()).collect();
    let height = |at: &usize| page.get(*at).map_or(0.0, |line| line.height);
    order.sort_by(|a, b| height(a).total_cmp(&height(b)));
    let top = order.iter().take(EDGE).filter(|at| height(at) < 0.12).map(|at| (*at, false));
    let bottom = order.iter().rev().take(EDGE).filter(|at| height(at) > 0.88).map(|at| (*at, true));
    let edges = top.chain(bottom);
    let keys = edges.filter_map(|(at, is_bottom)| page.get(at).map(|line| (at, key(line, is_bottom), line)));
    keys.filter(|(_, key, line)| key.words != "#" || !is_followed(page, line)).map(|(at, key, _)| (at, key)).collect()
}

/// Whether words stand close behind a number, as those of a footnote do.
fn is_followed(page: &[Line], number: &Line) -> bool {
    page.iter().any(|line| {
        let (gap, size) = (line.x - number.end, line.size.max(number.size));
        (line.y - number.y).abs() < 0.6 * size && (-0.1..1.5).contains(&(gap / size))
    })
}

/// By what a line is known to come again.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Key {
    is_bottom: bool,
    /// In half points: the title of a report comes again as the head of its pages, in smaller letters.
    size: i32,
    /// Its words, with a sign for each number.
    words: String,
}

fn key(line: &Line, is_bottom: bool) -> Key {
    let mut words = String::new();
    for c in line.words.trim().chars() {
        if !c.is_numeric() {
            words.extend(c.to_lowercase());
        } else if !words.ends_with('#') {
            words.push('#');
        }
    }
    let is_roman = !words.is_empty() && words.chars().all(|c| "ivxlc".contains(c));
    Key { is_bottom, size: (line.size * 2.0).round() as i32, words: if is_roman { "#".to_owned() } else { words } }
}
