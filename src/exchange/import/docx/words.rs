use crate::text::{Span, Style, Styled};

/// How letters are set, and whether they are to be seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Look {
    /// In heavier letters.
    pub(super) bold: bool,
    /// In slanted letters.
    pub(super) italic: bool,
    /// Not shown at all.
    pub(super) hidden: bool,
}

/// A place that a comment names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Point {
    /// The words that the comment of this id is on begin here.
    Start(String),
    /// They end here.
    End(String),
    /// Its sign stands here.
    Sign(String),
}

/// Words with how they are set and where comments begin and end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Words {
    /// The words.
    pub(super) text: String,
    /// Where they are bold or italic; stretches of one style are in order and apart.
    pub(super) styles: Vec<Styled>,
    /// What comments name, by its byte.
    pub(super) points: Vec<(usize, Point)>,
}

impl Words {
    /// Adds words.
    pub(super) fn push(&mut self, words: &str, look: Look) {
        let span = Span::of(self.text.len()..self.text.len() + words.len());
        self.text.push_str(words);
        for style in [(look.bold, Style::Bold), (look.italic, Style::Italic)].into_iter().filter_map(|(on, style)| on.then_some(style)) {
            self.set(Styled { span, style });
        }
    }

    /// Says that words are set off; those of the same style before them end no later.
    fn set(&mut self, styled: Styled) {
        if styled.span.is_empty() {
            return;
        }
        // The last one of the same style is one of the last two: there are but two styles, and each grows at its end.
        match self.styles.iter_mut().rev().take(2).find(|last| last.style == styled.style) {
            Some(last) if last.span.end >= styled.span.start => last.span = last.span.hull(styled.span),
            _ => self.styles.push(styled),
        }
    }

    /// Marks the place where the words end now.
    pub(super) fn mark(&mut self, point: Point) {
        self.points.push((self.text.len(), point));
    }

    /// Adds other words with all that is known of them.
    pub(super) fn append(&mut self, other: Self) {
        let by = self.text.len();
        self.text.push_str(&other.text);
        for Styled { span, style } in other.styles {
            let span = Span::of(span.start as usize + by..span.end as usize + by);
            self.set(Styled { span, style });
        }
        self.points.extend(other.points.into_iter().map(|(at, point)| (at + by, point)));
    }

    /// The same without white space at the ends.
    pub(super) fn trimmed(mut self) -> Self {
        let end = self.text.trim_end().len();
        let start = end - self.text.get(..end).map_or(0, |words| words.trim_start().len());
        if (start, end) == (0, self.text.len()) {
            return self;
        }
        let words = Span::of(start..end);
        let moved = |at: u32| at.clamp(words.start, words.end) - words.start;
        self.text = words.slice(&self.text).to_owned();
        for styled in &mut self.styles {
            styled.span = Span::new(moved(styled.span.start), moved(styled.span.end));
        }
        self.styles.retain(|styled| !styled.span.is_empty());
        for (at, _) in &mut self.points {
            *at = (*at).clamp(start, end) - start;
        }
        self
    }

    /// Length in bytes of the bold words they begin with.
    pub(super) fn leading_bold(&self) -> usize {
        let mut end = 0;
        for bold in self.styles.iter().filter(|styled| styled.style == Style::Bold) {
            let between = self.text.get(end..bold.span.start as usize).unwrap_or("-");
            if !between.trim().is_empty() {
                break;
            }
            end = bold.span.end as usize;
        }
        end
    }

    /// Takes a style away where all words have it: what is not set off from anything is not set off.
    pub(super) fn plain_if_whole(&mut self, style: Style) {
        let whole = Span::of(0..self.text.len());
        self.styles.retain(|styled| styled.style != style || styled.span != whole);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOLD: Look = Look { bold: true, italic: false, hidden: false };
    const BOTH: Look = Look { bold: true, italic: true, hidden: false };

    #[test]
    fn runs_of_one_look_become_one_stretch_and_follow_their_words() {
        let mut words = Words::default();
        words.push("  ", BOLD);
        words.push("Mo", BOLD);
        words.push("ira:", BOTH);
        words.mark(Point::Start("1".into()));
        words.push(" fine ", Look::default());
        let words = words.trimmed();
        let mut all = Words::default();
        all.push("I\t", Look::default());
        all.append(words.clone());
        let styled = |start, end, style| Styled { span: Span::new(start, end), style };
        assert_eq!((words.text.as_str(), words.leading_bold()), ("Moira: fine", 6));
        assert_eq!(all.styles, [styled(2, 8, Style::Bold), styled(4, 8, Style::Italic)]);
        assert_eq!((all.text.as_str(), all.points.as_slice()), ("I\tMoira: fine", &[(8, Point::Start("1".into()))][..]));
    }

    #[test]
    fn bold_words_after_a_gap_still_begin_the_paragraph() {
        let mut words = Words::default();
        words.push("Worker", BOLD);
        words.push(" ", Look::default());
        words.push("A", BOLD);
        words.push(" said", Look::default());
        assert_eq!(words.leading_bold(), 8);
    }
}
