use super::codebook::Codebook;

/// The names of the colours that themes can have, in the order in which they are given out. How they look is the window's
/// business: it has a colour and a mark for each. A theme without any colour looks like one of the last.
pub const PALETTE: [&str; 12] =
    ["sky", "amber", "green", "plum", "indigo", "vermilion", "olive", "wine", "teal", "violet", "umber", "slate"];

impl Codebook {
    /// The colour for a new theme at the top: of those that the fewest top themes have, the first. It is written down with the
    /// theme, so that it stays when themes are moved, added or removed.
    #[must_use]
    pub fn free_colour(&self) -> &'static str {
        let mut used = [0_usize; PALETTE.len()];
        for theme in self.children(None) {
            let at = match &theme.colour {
                Some(colour) => PALETTE.iter().position(|known| known == colour),
                None => Some(PALETTE.len() - 1),
            };
            if let Some(used) = at.and_then(|at| used.get_mut(at)) {
                *used += 1;
            }
        }
        let least = PALETTE.into_iter().zip(used).min_by_key(|(_, used)| *used);
        least.map_or(PALETTE[0], |(colour, _)| colour)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::study::Theme;

    fn top(colour: Option<&str>, position: i64) -> Theme {
        Theme { colour: colour.map(str::to_owned), ..Theme::named(None, format!("Theme {position}"), position) }
    }

    #[test]
    fn new_themes_get_the_colour_that_is_used_least() {
        let mut themes = Vec::new();
        for (position, expected) in PALETTE.iter().chain(&PALETTE).enumerate() {
            let book = Codebook::new(themes.clone());
            assert_eq!(book.free_colour(), *expected);
            themes.push(top(Some(book.free_colour()), i64::try_from(position).unwrap()));
        }
        // Grey ones count as slate, one's own colours as none, and what lies below a theme has its colour.
        let below = Theme { colour: Some("amber".into()), ..Theme::named(Some(themes[0].id), "Below", 1) };
        let some = [top(None, 1), top(Some("sky"), 2), top(Some("#102030"), 3), themes[0].clone(), below];
        assert_eq!(Codebook::new(some).free_colour(), "amber");
    }
}
