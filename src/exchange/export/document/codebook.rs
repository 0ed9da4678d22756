use super::blocks::{Block, Document, counted};
use super::facts::origins;
use crate::analysis::matrix::Filter;
use crate::exchange::export::codebook::CodedThemes;
use crate::exchange::export::leaving::TableError;
use crate::exchange::export::names::Names;
use crate::exchange::export::quoted::Quoted;
use crate::study::{Example, PATH_SEPARATOR, Theme, ThemeOrigin};
use crate::text::{NoSuchBlob, Texts};

/// The codebook: the tree with its numbers, what each theme means, and what is coded. `now` is in milliseconds since 1970.
pub(in crate::exchange::export) fn codebook(names: &Names<'_>, texts: &dyn Texts, now: i64) -> Result<Document, TableError> {
    let (study, book) = (names.study(), names.study().codebook());
    let coded = CodedThemes::new(study, &Filter::default())?;
    let undefined = book.themes().filter(|theme| theme.definition.trim().is_empty()).count();
    let themes = counted(book.len(), "theme", "themes");
    let mut document = Document::new(names, "codebook", &format!("Codebook. {themes}, {undefined} without a definition."), now);
    document.blocks.push(Block::small(
        "Counts are codings: the theme’s own, then with the themes below it. Codings that hold no participant’s words, or whose words were corrected away, are in neither.",
    ));
    document.blocks.push(Block::small(format!("Where themes come from: {}", origins(book))));
    for row in book.outline() {
        if let Some(theme) = book.get(row.theme) {
            write_theme(
                &mut document.blocks,
                names,
                texts,
                theme,
                row.depth + 1,
                (coded.own(theme.id).codings as usize, coded.all(theme.id).codings as usize),
            )?;
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
