use std::collections::HashMap;

use super::blocks::{Block, Document, counted};
use super::facts::origins;
use crate::exchange::export::names::Names;
use crate::exchange::export::quoted::Quoted;
use crate::study::{Example, PATH_SEPARATOR, Study, Theme, ThemeId, ThemeOrigin};
use crate::text::{NoSuchBlob, Texts};

/// The codebook: the tree with its numbers, what each theme means, and what is coded. `now` is in milliseconds since 1970.
pub(in crate::exchange::export) fn codebook(names: &Names<'_>, texts: &dyn Texts, now: i64) -> Result<Document, NoSuchBlob> {
    let (study, book) = (names.study(), names.study().codebook());
    let counts = Counts::of(study);
    let undefined = book.themes().filter(|theme| theme.definition.trim().is_empty()).count();
    let themes = counted(book.len(), "theme", "themes");
    let mut document = Document::new(names, "codebook", &format!("Codebook. {themes}, {undefined} without a definition."), now);
    document.blocks.push(Block::small(
        "Counts are codings: the theme’s own, then with the themes below it. Codings whose words were corrected away are in neither.",
    ));
    document.blocks.push(Block::small(format!("Where themes come from: {}", origins(book))));
    for row in book.outline() {
        if let Some(theme) = book.get(row.theme) {
            write_theme(&mut document.blocks, names, texts, theme, row.depth + 1, counts.get(theme.id))?;
        }
    }
    document.says = format!("{themes}, {} defined", book.len() - undefined);
    Ok(document)
}

fn write_theme(
    blocks: &mut Vec<Block>,
    names: &Names<'_>,
    texts: &dyn Texts,
    theme: &Theme,
    level: usize,
    (own, all): (usize, usize),
) -> Result<(), NoSuchBlob> {
    let book = names.study().codebook();
    let short = if theme.abbreviation.is_empty() { String::new() } else { format!(" ({})", theme.abbreviation) };
    let text = format!("{} {}{short}", book.number(theme.id), theme.name);
    blocks.push(Block::Heading { level, text, aside: format!("{own} / {all}") });
    let above = book.lineage(theme.id);
    let above: Vec<&str> = above.iter().take(above.len().saturating_sub(1)).map(|theme| theme.name.as_str()).collect();
    let within = if above.is_empty() { String::new() } else { format!("In {}. ", above.join(PATH_SEPARATOR)) };
    let below = if all > own { format!(", {all} with the themes below") } else { String::new() };
    let origin = match theme.origin {
        Some(ThemeOrigin::APriori) => "A priori. ",
        Some(ThemeOrigin::Emergent) => "Emergent. ",
        None => "",
    };
    blocks.push(Block::small(format!("{within}{origin}{}{below}", counted(own, "coding", "codings"))));
    if theme.definition.trim().is_empty() {
        blocks.push(Block::text("Not defined yet."));
    }
    for (name, text) in [("", &theme.definition), ("Use when", &theme.use_when), ("Do not use when", &theme.not_when)] {
        if text.trim().is_empty() {
            continue;
        }
        if !name.is_empty() {
            blocks.push(Block::term(name));
        }
        blocks.push(Block::text(text.trim()));
    }
    if let Some(example) = names.study().example_of(theme.id) {
        write_example(blocks, names, texts, example)?;
    }
    Ok(())
}

fn write_example(blocks: &mut Vec<Block>, names: &Names<'_>, texts: &dyn Texts, example: &Example) -> Result<(), NoSuchBlob> {
    let Some(material) = names.study().material(example.source) else { return Ok(()) };
    let Some(quoted) = Quoted::read(names, texts, material, example.revision, example.span)? else { return Ok(()) };
    blocks.push(Block::term("Typical example"));
    blocks.push(Block::Quote { label: quoted.label(names), words: quoted.words });
    Ok(())
}

/// Codings of each theme: its own, and with those of the themes below it.
struct Counts(HashMap<ThemeId, (usize, usize)>);

impl Counts {
    fn of(study: &Study) -> Self {
        let mut counts: HashMap<ThemeId, (usize, usize)> = HashMap::new();
        for (_, coded) in study.codings().filter(|(material, coded)| material.counts(coded.coding.coder)) {
            let theme = coded.coding.theme;
            counts.entry(theme).or_default().0 += 1;
            study.codebook().lineage(theme).iter().for_each(|above| counts.entry(above.id).or_default().1 += 1);
        }
        Self(counts)
    }

    fn get(&self, theme: ThemeId) -> (usize, usize) {
        self.0.get(&theme).copied().unwrap_or_default()
    }
}
