//! Themes that are spoken of together, as a network.

use super::forces::places;
use super::geometry::{Area, At, area, at};
use super::letters::{ASCENT, DESCENT};
use super::model::{Anchor, Colour, Look, NoPicture, Picture, Reach, Stroke};
use super::most::{Most, of_most};
use super::pairs::{Together, Weighing, basis_of, computed, head_of, pair_leads, pair_words, said_of, themes_of};
use super::sheet::{Pen, Sheet, line, size};
use crate::analysis::cooccurrence::Pair;
use crate::analysis::leads::Leads;
use crate::analysis::tints::STEPS;
use crate::study::Study;

/// Most themes of a network.
const THEMES: usize = 30;
/// Most lines a theme, those with the greatest weight.
const LINES: usize = 2;
/// How many of the lines have their figure, those with the greatest weight.
const FIGURES: usize = 24;
/// Smallest and largest radius of a node, in points.
const RADIUS: (f32, f32) = (4.0, 13.0);
/// Thinnest and thickest line, in points.
const WIDTH: (f32, f32) = (0.6, 6.0);
/// How much nearer a name stands to its own node than to any other, in points.
const NEARER: f32 = 5.0;
/// Room for a name, in points.
const NAME: f32 = 120.0;

/// Two themes with the places of their nodes.
type Tie = (Pair, (usize, usize));

struct Node {
    theme: crate::study::ThemeId,
    at: At,
    radius: f32,
    count: u32,
}

/// The themes as circles, their area by how often each is spoken of, with lines between those that are so together, as wide as
/// `weighing` says. Of several parts there is one network each, side by side with those below.
pub fn network(study: &Study, parts: &[Together], weighing: Weighing) -> Result<Picture, NoPicture> {
    let mut computed = computed(parts, weighing);
    computed.push("Circles: area by how often a theme is spoken of, never smaller than can be seen. Where a circle lies tells only what it is tied to.".to_owned());
    let mut sheet = Sheet::default();
    let pairs = || parts.iter().flat_map(|part| part.found.pairs());
    let heaviest = pairs().filter_map(|pair| weighing.of(&pair)).fold(0.0, f64::max);
    if heaviest <= 0.0 {
        return Err(NoPicture::because("no two themes are spoken of together on this basis"));
    }
    let most = pairs().map(|pair| pair.of_one.max(pair.of_other)).max().unwrap_or(1);
    for part in parts.iter().filter(|part| part.found.pairs().next().is_some()) {
        computed.extend(draw(&mut sheet, study, part, weighing, (heaviest, most)));
    }
    legend(&mut sheet, weighing, heaviest);
    let title = format!("Themes spoken of together, by {}", crate::exchange::export::basis_name(basis_of(parts)));
    Ok(sheet.picture(title, Vec::new(), computed))
}

/// Draws a part below what is there; returns what of it is not shown.
fn draw(sheet: &mut Sheet, study: &Study, part: &Together, weighing: Weighing, (heaviest, most): (f64, u32)) -> Vec<String> {
    let shown = themes_of(&part.found, THEMES);
    let mut left_out: Vec<String> = shown.says("themes", "that are most often spoken of with others").into_iter().collect();
    let themes: Vec<_> = shown.shown.iter().filter_map(|place| part.found.themes().get(*place).copied()).collect();
    let ends = |pair: &Pair| {
        let place = |theme| themes.iter().position(|shown| *shown == theme);
        place(pair.one).zip(place(pair.other))
    };
    let pairs = part.found.pairs().filter_map(|pair| ends(&pair).map(|ends| (pair, ends)));
    let lines = chosen(pairs.collect(), themes.len(), weighing);
    left_out.extend(lines.says("lines", "with the greatest weight, and of every theme its own first"));
    let lines = lines.shown;
    let share = |pair: &Pair| (weighing.of(pair).unwrap_or(0.0) / heaviest) as f32;
    let radius = |count: u32| (RADIUS.1 * (count as f32 / most.max(1) as f32).sqrt()).max(RADIUS.0);
    let counts: Vec<u32> = shown.shown.iter().map(|place| part.found.count(*place)).collect();
    let radii: Vec<f32> = counts.iter().map(|count| radius(*count)).collect();
    let forces: Vec<(usize, usize, f32)> = lines.iter().map(|(pair, (one, other))| (*one, *other, share(pair))).collect();
    let side = 120.0f32.mul_add((themes.len() as f32).sqrt() / 1.6, 60.0).clamp(160.0, 470.0);
    let mut from = if sheet.rows() == 0 { 0.0 } else { sheet.bottom() + 24.0 };
    if let Some(whose) = &part.whose {
        sheet.words(at(0.0, from + size::HEADING), whose.as_str(), Pen::new(size::HEADING).strong(), Colour::Ink);
        from += size::HEADING + 20.0;
    }
    let nodes: Vec<Node> = places(&radii, &forces, (side, 0.78 * side))
        .into_iter()
        .zip(&themes)
        .zip(radii.iter().zip(&counts))
        .map(|((place, theme), (radius, count))| Node { theme: *theme, at: place, radius: *radius, count: *count })
        .collect();
    // It is laid out by itself: names may reach above it.
    let mut drawn = Sheet::default();
    let first_row = sheet.rows();
    let segments: Vec<(At, At)> = lines.iter().filter_map(|(_, (one, other))| Some((nodes.get(*one)?.at, nodes.get(*other)?.at))).collect();
    // The thickest lie under the others.
    for ((pair, _), (start, end)) in lines.iter().zip(&segments) {
        let share = share(pair);
        let step = ((share * (STEPS - 3) as f32) as usize + 2).min(STEPS - 2);
        drawn.line(*start, *end, Stroke::new(Colour::Tint(step), (WIDTH.1 - WIDTH.0).mul_add(share, WIDTH.0)));
    }
    for node in &nodes {
        let colour = Colour::Theme(study.codebook().colour(node.theme).map(str::to_owned));
        drawn.disc(node.at, node.radius, Look::filled(colour).edged(Stroke::new(Colour::Ground, line::DATUM)));
    }
    let taken = names(&mut drawn, study, &nodes, &segments);
    figures(&mut drawn, &lines, &segments, &nodes, weighing, taken);
    let whose = part.whose.as_ref().map_or_else(String::new, |whose| format!("{whose}: "));
    for (column, node) in nodes.iter().enumerate() {
        let name = format!("{whose}{}: {} in all", study.codebook().path(node.theme), node.count);
        let leads = Leads::Theme { theme: node.theme, filter: part.filter.clone() };
        drawn.mark(Reach::Disc { centre: node.at, radius: node.radius }, name, (first_row, column), Some(leads));
    }
    for (column, ((pair, _), (start, end))) in lines.iter().zip(&segments).enumerate() {
        let reach = Reach::Strip { from: *start, to: *end, width: WIDTH.1 };
        drawn.mark(reach, pair_words(study, part, pair), (first_row + 1, column), pair_leads(part, pair));
    }
    let by = at(0.0, from + drawn.height());
    drawn.put_on(sheet, by);
    left_out.iter().map(|says| said_of(part, says)).collect()
}

/// The lines that are drawn, the heaviest first. No theme is left without what ties it to others: its own first line stays, however many
/// others weigh more.
fn chosen(mut all: Vec<Tie>, themes: usize, weighing: Weighing) -> Most<Tie> {
    let weight = |tie: &Tie| weighing.of(&tie.0).unwrap_or(0.0);
    all.sort_by(|one, other| weight(other).total_cmp(&weight(one)));
    let mut tied = vec![false; themes];
    let mut places: Vec<(usize, bool)> = Vec::new();
    for (place, (_, ends)) in all.iter().enumerate() {
        let mut is_first = false;
        for end in [ends.0, ends.1] {
            is_first |= tied.get_mut(end).is_some_and(|tied| !std::mem::replace(tied, true));
        }
        places.push((place, is_first));
    }
    // Of those that are no theme's first the earlier, which weigh more.
    let rank = |(place, is_first): &(usize, bool)| if *is_first { u64::MAX } else { u64::MAX / 2 - *place as u64 };
    let most = of_most(places, LINES * themes, rank);
    Most { of: most.of, shown: most.shown.into_iter().filter_map(|(place, _)| all.get(place).copied()).collect() }
}

/// Writes the names beside the nodes, none over another or over a node; returns the room they take.
fn names(sheet: &mut Sheet, study: &Study, nodes: &[Node], lines: &[(At, At)]) -> Vec<Area> {
    let pen = Pen::new(size::NAME).medium();
    let mut taken: Vec<Area> = Vec::new();
    // The largest get their names first, and so the places nearest to them.
    let mut order: Vec<&Node> = nodes.iter().collect();
    order.sort_by(|one, other| other.radius.total_cmp(&one.radius));
    for node in order {
        let text = pen.shortened(&head_of(study, node.theme).name, NAME);
        let wide = pen.width(&text);
        let found = candidates(node, wide, pen.size).filter(|(_, place)| {
            let free = |other: &Node| !place.grown(1.0).overlaps(Area::around(other.at, other.radius, other.radius));
            nodes.iter().all(free) && taken.iter().all(|other| !place.overlaps(*other))
        });
        // What stands without a line of its own must not stand nearer to another node.
        let alone = |ring: usize, place: Area| {
            ring > 0 || nodes.iter().all(|other| std::ptr::eq(other, node) || from_rim(other, place) > from_rim(node, place) + NEARER)
        };
        let found = found.filter(|(ring, place)| alone(*ring, *place));
        // Of the places of one distance the one that the fewest lines cross.
        let crossed = |place: Area| lines.iter().filter(|(from, to)| crosses(place, *from, *to)).count();
        let best = found.take(12).min_by_key(|(ring, place)| (*ring, crossed(*place)));
        let Some((ring, place)) = best else { continue };
        if ring > 0 {
            let edge = nearest(place, node.at);
            let far = node.at.distance(edge).max(node.radius);
            let rim = node.radius / far;
            let rim = at((edge.x - node.at.x).mul_add(rim, node.at.x), (edge.y - node.at.y).mul_add(rim, node.at.y));
            sheet.line(rim, edge, Stroke::new(Colour::Quiet, line::HAIR));
        }
        sheet.tile(place.grown(0.5), 1.5, Look::filled(Colour::Ground));
        let middle = Pen { anchor: Anchor::Middle, ..pen };
        sheet.words(at(place.centre().x, place.top + ASCENT * pen.size), text, middle, Colour::Ink);
        taken.push(place);
    }
    taken
}

/// How far a rectangle is from the rim of a node.
fn from_rim(node: &Node, place: Area) -> f32 {
    node.at.distance(nearest(place, node.at)) - node.radius
}

/// The place of a rectangle that is nearest to another.
fn nearest(place: Area, to: At) -> At {
    at(to.x.clamp(place.left, place.right()), to.y.clamp(place.top, place.bottom()))
}

/// Where a name can stand: round its node, then ever farther away, with the number of the ring.
fn candidates(node: &Node, wide: f32, size: f32) -> impl Iterator<Item = (usize, Area)> + use<'_> {
    let high = (ASCENT + DESCENT) * size;
    /// Right, left, below, above, and between them.
    const ROUND: [(f32, f32); 8] =
        [(1.0, 0.0), (-1.0, 0.0), (0.0, 1.0), (0.0, -1.0), (0.75, 0.75), (-0.75, 0.75), (0.75, -0.75), (-0.75, -0.75)];
    (0..40).flat_map(move |ring| {
        let far = node.radius + 3.0 + 9.0 * ring as f32;
        ROUND.into_iter().map(move |(x, y)| {
            let beside = if x == 0.0 { 0.0 } else { x.signum() * wide / 2.0 };
            let centre = at(x.mul_add(far, node.at.x) + beside, y.mul_add(far + high / 2.0, node.at.y));
            (ring, Area::around(centre, wide / 2.0, high / 2.0))
        })
    })
}

/// Whether a line crosses a rectangle, looked at in steps that are smaller than a letter.
fn crosses(place: Area, from: At, to: At) -> bool {
    let steps = (from.distance(to) / 3.0).ceil().max(1.0);
    (0..=steps as usize).any(|step| {
        let share = step as f32 / steps;
        place.has(at((to.x - from.x).mul_add(share, from.x), (to.y - from.y).mul_add(share, from.y)))
    })
}

/// Writes the weights on the lines where there is room.
fn figures(sheet: &mut Sheet, lines: &[Tie], segments: &[(At, At)], nodes: &[Node], weighing: Weighing, mut taken: Vec<Area>) {
    let pen = Pen::new(size::SMALL).middle();
    for ((pair, _), (from, to)) in lines.iter().zip(segments).take(FIGURES) {
        let Some(weight) = weighing.of(pair) else { continue };
        let text = weighing.figure(weight);
        let (wide, high) = (pen.width(&text) + 3.0, pen.size);
        let place = [0.5f32, 0.4, 0.6].into_iter().find_map(|share| {
            let centre = at((to.x - from.x).mul_add(share, from.x), (to.y - from.y).mul_add(share, from.y));
            let place = area(centre.x - wide / 2.0, centre.y - high / 2.0, wide, high);
            let near = |node: &Node| Area::around(node.at, node.radius + 2.0, node.radius + 2.0).overlaps(place);
            (!nodes.iter().any(near) && !taken.iter().any(|other| other.overlaps(place))).then_some(place)
        });
        let Some(place) = place else { continue };
        sheet.tile(place, 2.0, Look::filled(Colour::Ground));
        sheet.words(at(place.centre().x, place.centre().y + pen.drop()), text, pen, Colour::Quiet);
        taken.push(place);
    }
}

fn legend(sheet: &mut Sheet, weighing: Weighing, heaviest: f64) {
    let middle = sheet.bottom() + 16.0;
    let pen = Pen::new(size::SMALL);
    let what = format!("{}, as width of the line", weighing.words());
    let left = sheet.left();
    sheet.words(at(left, middle + pen.drop()), what.as_str(), pen.medium(), Colour::Quiet);
    let mut x = left + pen.medium().width(&what) + 10.0;
    let mut drawn = Vec::new();
    for share in [0.1, 0.5, 1.0] {
        let weight = if weighing == Weighing::Count { (heaviest * share).max(1.0).round() } else { heaviest * share };
        let text = weighing.figure(weight);
        if drawn.contains(&text) {
            continue;
        }
        let part = (weight / heaviest) as f32;
        let step = ((part * (STEPS - 3) as f32) as usize + 2).min(STEPS - 2);
        sheet.line(at(x, middle), at(x + 22.0, middle), Stroke::new(Colour::Tint(step), (WIDTH.1 - WIDTH.0).mul_add(part, WIDTH.0)));
        sheet.words(at(x + 26.0, middle + pen.drop()), text.as_str(), pen, Colour::Quiet);
        x += 26.0 + pen.width(&text) + 12.0;
        drawn.push(text);
    }
}
