use crate::study::{AttributeId, AttributeOf, Coded, CoderId, Material, Origin, Study, ThemeId, ValueId, Values};

/// Which codings are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only this theme and those below it.
    pub theme: Option<ThemeId>,
    /// Only this coder's.
    pub coder: Option<CoderId>,
    /// Only where this is stated of the source, or of a case that speaks.
    pub stated: Option<Stated>,
    /// Only those that a search has made and nobody has confirmed.
    pub unread: bool,
}

/// A value of an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stated {
    /// The attribute.
    pub attribute: AttributeId,
    /// Its value; none is *Not stated*.
    pub value: Option<ValueId>,
}

impl Stated {
    fn holds(self, study: &Study, material: &Material, coded: &Coded) -> bool {
        let among = |values: &Values| {
            let values = values.get(&self.attribute).filter(|values| !values.is_empty());
            self.value.map_or(values.is_none(), |value| values.is_some_and(|values| values.contains(&value)))
        };
        match study.attributes().get(self.attribute).map(|attribute| attribute.of) {
            Some(AttributeOf::Sources) => among(&material.source.values),
            Some(AttributeOf::Cases) => {
                let stated =
                    |case: Option<_>| case.and_then(|case| study.case(case)).map_or(self.value.is_none(), |case| among(&case.values));
                material.cases_of(coded).into_iter().any(stated)
            }
            None => false,
        }
    }
}

impl Filter {
    /// Whether it asks for what codings do not say themselves: what is known of themes or cases.
    #[must_use]
    pub const fn asks_study(self) -> bool {
        self.theme.is_some() || self.stated.is_some()
    }

    /// Whether a coding of `material` is shown.
    #[must_use]
    pub fn lets_through(self, study: &Study, material: &Material, coded: &Coded) -> bool {
        let coding = &coded.coding;
        self.coder.is_none_or(|coder| coder == coding.coder)
            && self.theme.is_none_or(|theme| study.codebook().is_within(coding.theme, theme))
            && (!self.unread || coding.origin == Origin::SearchUnread)
            && self.stated.is_none_or(|stated| stated.holds(study, material, coded))
    }
}
