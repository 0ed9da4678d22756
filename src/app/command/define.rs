//! How the table of commands becomes a type.

/// Makes the type [`Command`](super::Command) from groups of lines: documentation, which is the help, name, scope, title, icon, keys.
macro_rules! commands {
    ($($group:literal { $($(#[doc = $help:literal])* $name:ident: $scope:ident, $title:literal, $icon:expr, [$($keys:expr),*];)+ })+) => {
        /// An act of the analyst that has a name and perhaps keys.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Command {
            $($($(#[doc = $help])* $name,)+)+
        }

        impl Command {
            /// Every command.
            pub const ALL: &'static [Self] = &[$($(Self::$name,)+)+];

            /// Every command, by what they are about.
            pub const GROUPS: &'static [(&'static str, &'static [Self])] = &[$(($group, &[$(Self::$name,)+]),)+];

            /// Its name in settings.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $($(Self::$name => stringify!($name),)+)+ }
            }

            /// Its name, in words for menus and tooltips.
            #[must_use]
            pub const fn title(self) -> &'static str {
                match self { $($(Self::$name => $title,)+)+ }
            }

            /// What it does, in a sentence.
            #[must_use]
            pub const fn help(self) -> &'static str {
                match self { $($(Self::$name => concat!($($help),*).trim_ascii(),)+)+ }
            }

            /// Its icon, where it has one.
            #[must_use]
            pub const fn icon(self) -> Option<char> {
                match self { $($(Self::$name => $icon,)+)+ }
            }

            /// Where it works.
            #[must_use]
            pub const fn scope(self) -> Scope {
                match self { $($(Self::$name => Scope::$scope,)+)+ }
            }

            /// The keys it is shipped with; the first are the ones shown.
            #[must_use]
            pub const fn shipped_keys(self) -> &'static [Keys] {
                match self { $($(Self::$name => const { &[$($keys),*] },)+)+ }
            }
        }
    };
}

pub(super) use commands;
