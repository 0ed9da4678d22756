//! Findings by theme: what analysts wrote, the words it rests on, who says otherwise, and who was not heard.

use std::collections::BTreeMap;

use super::blocks::{Block, Document, Look, counted};
use super::marked::{blocks as marked_blocks, runs};
use crate::analysis::matrix::{Arranged, Axis, CellAt, Filter, MatrixSpec, passages};
use crate::exchange::export::charted::{Stale, silence_name};
use crate::exchange::export::leaving::TableError;
use crate::exchange::export::matrix::people_words;
use crate::exchange::export::names::Names;
use crate::exchange::export::quoted::Quoted;
use crate::exchange::export::quotes::{Marked, marked};
use crate::exchange::export::summaries::in_order;
use crate::study::{CaseId, ContraryMark, Crossed, Crossing, Material, Meant, Silence, Summary, SummaryState, Theme, ThemeId};
use crate::text::{NoSuchBlob, Texts};

/// What every theme needs to know.
struct Writer<'a> {
    names: &'a Names<'a>,
    texts: &'a dyn Texts,
    stale: Stale,
    summaries: BTreeMap<ThemeId, Vec<&'a Summary>>,
    /// The passages marked as quotes by theme, contrary ones left out.
    quotes: BTreeMap<ThemeId, Vec<Marked<'a>>>,
    /// The contrary passages by theme.
    contrary: BTreeMap<ThemeId, Vec<(&'a Material, &'a ContraryMark)>>,
    /// How many summaries, citations and contrary passages were written.
    counts: [usize; 3],
}

/// The findings of a study. `now` is in milliseconds since 1970.
pub(in crate::exchange::export) fn findings(names: &Names<'_>, texts: &dyn Texts, now: i64) -> Result<Document, TableError> {
    let study = names.study();
    let mut writer = Writer {
        names,
        texts,
        stale: Stale::new(study),
        summaries: BTreeMap::new(),
        quotes: BTreeMap::new(),
        contrary: BTreeMap::new(),
        counts: [0; 3],
    };
    for summary in in_order(names) {
        writer.summaries.entry(summary.cell.theme).or_default().push(summary);
    }
    let all_marked = marked(study, &Filter::default());
    let quotes = counted(all_marked.len(), "marked quote", "marked quotes");
    let (with_theme, without): (Vec<_>, Vec<_>) = all_marked.into_iter().partition(|mark| !mark.themes.is_empty());
    for mark in with_theme {
        // Under the theme it is contrary to it stands among what says otherwise.
        let contrary = mark.material.contrary_marks.iter().filter_map(|it| mark.material.kept_coding(it.coding));
        let contrary: Vec<ThemeId> =
            contrary.filter(|coding| coding.span.intersection(mark.mark.span).is_some()).map(|coding| coding.theme).collect();
        for theme in mark.themes.iter().filter(|theme| !contrary.contains(theme)) {
            writer.quotes.entry(*theme).or_default().push(mark.clone());
        }
    }
    for material in study.materials() {
        for mark in &material.contrary_marks {
            if let Some(coding) = material.kept_coding(mark.coding) {
                writer.contrary.entry(coding.theme).or_default().push((material, mark));
            }
        }
    }
    let what = "Findings by theme: summaries with what they cite, marked quotes, contrary passages, and who was not heard. Summaries and \
                counts are of the whole study, without filters.";
    let mut document = Document::new(names, "findings by theme", what, now);
    let spec = MatrixSpec { rows: vec![Axis::Themes], columns: Vec::new(), pages: Vec::new(), filter: Filter::default() };
    let totals = crate::analysis::matrix::matrix(study, &spec)?;
    for row in study.codebook().outline() {
        let Some(theme) = study.codebook().get(row.theme) else { continue };
        let at = CellAt::of(&Crossing { theme: theme.id, of: Crossed::Values(BTreeMap::new()) }, Filter::default());
        let total = totals.find(&at.key).and_then(|(page, row, column)| totals.cell(page, row, column)).copied().unwrap_or_default();
        document.blocks.push(Block::heading(row.depth + 1, format!("{} {}", study.codebook().number(theme.id), theme.name)));
        let heard = people_words(total.people, "participant", "participants");
        let could = people_words(total.n, "", "");
        let unnamed = if total.people.total() == 0 && total.codings > 0 { " Only people who are not named say it." } else { "" };
        let passages = counted(total.passages as usize, "passage", "passages");
        document.blocks.push(Block::small(format!("{passages}; heard from {heard} of {could}.{unnamed}")));
        writer.theme(&mut document.blocks, theme, &at)?;
    }
    if !without.is_empty() {
        document.blocks.push(Block::heading(1, "Under no theme"));
        document.blocks.push(Block::small("Marked quotes over which nothing is coded."));
        writer.marked_quotes(&mut document.blocks, without, None)?;
    }
    let themes = counted(study.codebook().len(), "theme", "themes");
    let [summaries, citations, contrary] = writer.counts;
    document.says = format!(
        "{themes}, {}, {}, {quotes}, {}",
        counted(summaries, "summary", "summaries"),
        counted(citations, "citation", "citations"),
        counted(contrary, "contrary passage", "contrary passages")
    );
    Ok(document)
}

impl Writer<'_> {
    fn theme(&mut self, blocks: &mut Vec<Block>, theme: &Theme, at: &CellAt) -> Result<(), TableError> {
        if !theme.definition.trim().is_empty() {
            blocks.push(Block::Text(Look::Plain, vec![(Meant::Comment, theme.definition.trim().to_owned())]));
        }
        for summary in self.summaries.remove(&theme.id).unwrap_or_default() {
            self.summary(blocks, summary)?;
        }
        let quotes = self.quotes.remove(&theme.id).unwrap_or_default();
        if !quotes.is_empty() {
            blocks.push(Block::term("Marked quotes"));
        }
        self.marked_quotes(blocks, quotes, Some(theme.id))?;
        let contrary = self.contrary.remove(&theme.id).unwrap_or_default();
        if !contrary.is_empty() {
            blocks.push(Block::term("Says otherwise"));
        }
        for (material, mark) in contrary {
            let Some(coding) = material.kept_coding(mark.coding) else { continue };
            if let Some(quoted) = Quoted::read(self.names, self.texts, material, coding.revision, coding.span)? {
                let reason = mark.contrary_to.trim();
                let against = if reason.is_empty() { String::new() } else { format!(". Contrary to: {reason}") };
                self.quote(blocks, quoted, &against);
                self.counts[2] += 1;
            }
        }
        blocks.extend(self.not_heard(theme.id, at)?);
        Ok(())
    }

    /// Passages marked as quotes, under a theme or under none; what they stand under too is said.
    fn marked_quotes(&self, blocks: &mut Vec<Block>, quotes: Vec<Marked<'_>>, under: Option<ThemeId>) -> Result<(), NoSuchBlob> {
        for Marked { material, mark, themes, .. } in quotes {
            let others = themes.iter().filter(|theme| Some(**theme) != under).map(|theme| self.names.theme(*theme));
            let others: Vec<String> = others.collect();
            let also = if others.is_empty() { String::new() } else { format!(" · also under {}", others.join("; ")) };
            if let Some(quoted) = Quoted::read(self.names, self.texts, material, mark.revision, mark.span)? {
                self.quote(blocks, quoted, &also);
            }
        }
        Ok(())
    }

    /// Words that somebody said, with what is said of them.
    fn quote(&self, blocks: &mut Vec<Block>, quoted: Quoted, more: &str) {
        blocks.push(Block::Quote { label: quoted.label(self.names) + more, words: quoted.words });
    }

    /// What is charted in a cell; a cell of which only is known why it is silent stands among those not heard.
    fn summary(&mut self, blocks: &mut Vec<Block>, summary: &Summary) -> Result<(), NoSuchBlob> {
        if !is_written(summary) {
            return Ok(());
        }
        self.counts[0] += 1;
        blocks.push(Block::term(cell_name(self.names, &self.stale, summary)));
        write_summary(blocks, summary);
        for citation in &summary.citations {
            let quoted = Quoted::cited(self.names, self.texts, citation)?;
            let label = format!("[{}] {}", citation.number, quoted.label(self.names));
            blocks.push(Block::Quote { label, words: quoted.words });
            self.counts[1] += 1;
        }
        Ok(())
    }

    /// Who could have been heard on a theme and is not, by what is known of why; these are never added up.
    fn not_heard(&self, theme: ThemeId, at: &CellAt) -> Result<Option<Block>, TableError> {
        let study = self.names.study();
        let mut reasons: BTreeMap<usize, (String, usize)> = BTreeMap::new();
        for silent in passages(study, at, Arranged::default())?.not_heard {
            let (rank, reason) = match (charted_silence(self.names, theme, silent.case), silent.done, silent.asked) {
                (Some(silence), ..) => (0, silence_name(silence)),
                (None, false, _) => (3, "Source still being coded"),
                (None, true, Some(_)) => (1, "A question is coded and nothing said to it"),
                (None, true, None) => (2, "No question coded"),
            };
            // Reasons that somebody charted stand first, each on its own.
            let rank = rank * 10 + charted_silence(self.names, theme, silent.case).map_or(0, |silence| silence as usize);
            reasons.entry(rank).or_insert_with(|| (reason.to_owned(), 0)).1 += 1;
        }
        let said: Vec<String> = reasons.into_values().map(|(reason, count)| format!("{reason}: {count}")).collect();
        Ok((!said.is_empty()).then(|| Block::small(format!("Not heard on this. {}.", said.join(" · ")))))
    }
}

/// Why a case is silent on a theme, where somebody charted that.
fn charted_silence(names: &Names<'_>, theme: ThemeId, case: CaseId) -> Option<Silence> {
    names.study().summaries().of(&Crossing { theme, of: Crossed::Case(case) })?.silence
}

/// Whether there are words in it.
pub(super) fn is_written(summary: &Summary) -> bool {
    let spread = &summary.spread;
    [&summary.text, &spread.consensus, &spread.range, &spread.dissent].into_iter().any(|words| !words.trim().is_empty())
}

/// Whose cell it is, and what is to be known before one relies on its words.
fn cell_name(names: &Names<'_>, stale: &Stale, summary: &Summary) -> String {
    let of = match &summary.cell.of {
        Crossed::Case(case) => names.attribution(names.study().case(*case)),
        Crossed::Values(values) if values.is_empty() => "All".to_owned(),
        values @ Crossed::Values(_) => names.crossed_short(values),
    };
    let mut said = vec![of];
    said.extend(summary.from.as_ref().map(|from| format!("from “{from}”, to settle")));
    if summary.reached() == SummaryState::Draft {
        said.push("draft".to_owned());
    }
    if stale.is(summary) {
        said.push("evidence changed since".to_owned());
    }
    said.join(" · ")
}

/// The words of a summary, and what is said beside them.
pub(super) fn write_summary(blocks: &mut Vec<Block>, summary: &Summary) {
    blocks.extend(marked_blocks(&summary.text));
    let spread = &summary.spread;
    for (name, words) in [("Consensus", &spread.consensus), ("Range", &spread.range), ("Dissent", &spread.dissent)] {
        if !words.trim().is_empty() {
            let name = [(Meant::Bold, format!("{name}: "))];
            blocks.push(Block::Text(Look::Plain, name.into_iter().chain(runs(words.trim())).collect()));
        }
    }
}
