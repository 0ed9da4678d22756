use super::alpha::{Level, alpha};
use super::coefficient::Coefficient;
use super::kappa::{cohen_kappa, cohen_kappa_max, conger_kappa, light_kappa, scott_pi};
use super::percent::{holsti, percent_agreement, percent_of_values, unanimity};
use super::several::{brennan_prediger, fleiss_kappa, gwet_ac1};
use super::table::{Choices, Table};

/// A measure of agreement over a [`Table`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Statistic {
    /// [`percent_agreement`]
    PercentOfUnits,
    /// [`percent_of_values`]
    PercentOfValues,
    /// [`unanimity`]
    Unanimity,
    /// [`holsti`]
    Holsti,
    /// [`cohen_kappa`]
    CohenKappa,
    /// [`cohen_kappa_max`]
    CohenKappaMax,
    /// [`scott_pi`]
    ScottPi,
    /// [`fleiss_kappa`]
    FleissKappa,
    /// [`conger_kappa`]
    CongerKappa,
    /// [`light_kappa`]
    LightKappa,
    /// [`brennan_prediger`]
    BrennanPrediger(Choices),
    /// [`gwet_ac1`]
    GwetAc1(Choices),
    /// [`alpha`]
    Alpha(Level),
}

impl Statistic {
    /// All of them: first those that know nothing of chance.
    pub const ALL: [Self; 18] = [
        Self::PercentOfUnits,
        Self::PercentOfValues,
        Self::Unanimity,
        Self::Holsti,
        Self::CohenKappa,
        Self::CohenKappaMax,
        Self::ScottPi,
        Self::FleissKappa,
        Self::CongerKappa,
        Self::LightKappa,
        Self::BrennanPrediger(Choices::Declared),
        Self::BrennanPrediger(Choices::Observed),
        Self::GwetAc1(Choices::Declared),
        Self::GwetAc1(Choices::Observed),
        Self::Alpha(Level::Nominal),
        Self::Alpha(Level::Ordinal),
        Self::Alpha(Level::Interval),
        Self::Alpha(Level::Ratio),
    ];

    /// What comes of it for `table`.
    pub fn of(self, table: &Table) -> Coefficient {
        match self {
            Self::PercentOfUnits => percent_agreement(table),
            Self::PercentOfValues => percent_of_values(table),
            Self::Unanimity => unanimity(table),
            Self::Holsti => holsti(table),
            Self::CohenKappa => cohen_kappa(table),
            Self::CohenKappaMax => cohen_kappa_max(table),
            Self::ScottPi => scott_pi(table),
            Self::FleissKappa => fleiss_kappa(table),
            Self::CongerKappa => conger_kappa(table),
            Self::LightKappa => light_kappa(table).mean,
            Self::BrennanPrediger(choices) => brennan_prediger(table, choices),
            Self::GwetAc1(choices) => gwet_ac1(table, choices),
            Self::Alpha(level) => alpha(table, level),
        }
    }

    /// What it is called where programs read it.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::PercentOfUnits => "percent_agreement_pairwise",
            Self::PercentOfValues => "percent_agreement_1_minus_Do",
            Self::Unanimity => "percent_units_unanimous",
            Self::Holsti => "holsti",
            Self::CohenKappa => "cohen_kappa",
            Self::CohenKappaMax => "cohen_kappa_max",
            Self::ScottPi => "scott_pi",
            Self::FleissKappa => "fleiss_kappa",
            Self::CongerKappa => "conger_kappa",
            Self::LightKappa => "light_kappa_mean_pairwise_cohen",
            Self::BrennanPrediger(Choices::Declared) => "brennan_prediger_declared_q",
            Self::BrennanPrediger(Choices::Observed) => "brennan_prediger_observed_q",
            Self::GwetAc1(Choices::Declared) => "gwet_ac1_declared_q",
            Self::GwetAc1(Choices::Observed) => "gwet_ac1_observed_q",
            Self::Alpha(Level::Nominal) => "alpha_nominal",
            Self::Alpha(Level::Ordinal) => "alpha_ordinal",
            Self::Alpha(Level::Interval) => "alpha_interval",
            Self::Alpha(Level::Ratio) => "alpha_ratio",
        }
    }

    /// What it is called where people read it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::PercentOfUnits => "Percent agreement, mean over units",
            Self::PercentOfValues => "Percent agreement, 1 − Dₒ",
            Self::Unanimity => "Units on which all agree",
            Self::Holsti => "Holsti",
            Self::CohenKappa => "Cohen’s κ",
            Self::CohenKappaMax => "Cohen’s κ, greatest with these margins",
            Self::ScottPi => "Scott’s π",
            Self::FleissKappa => "Fleiss’ κ",
            Self::CongerKappa => "Conger’s κ",
            Self::LightKappa => "Light’s κ",
            Self::BrennanPrediger(Choices::Declared) => "Brennan–Prediger κ, declared categories",
            Self::BrennanPrediger(Choices::Observed) => "Brennan–Prediger κ, used categories",
            Self::GwetAc1(Choices::Declared) => "Gwet’s AC1, declared categories",
            Self::GwetAc1(Choices::Observed) => "Gwet’s AC1, used categories",
            Self::Alpha(Level::Nominal) => "Krippendorff’s α, nominal",
            Self::Alpha(Level::Ordinal) => "Krippendorff’s α, ordinal",
            Self::Alpha(Level::Interval) => "Krippendorff’s α, interval",
            Self::Alpha(Level::Ratio) => "Krippendorff’s α, ratio",
        }
    }
}
