use serde::Deserialize;

macro_rules! numbers {
    ($(#[$about:meta])* $record:ident { $($name:ident: $docs:literal,)+ }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, Deserialize)]
        pub struct $record {
            $(#[doc = $docs] pub $name: f32,)+
        }
    };
}

numbers! {
    /// Distances on the 4-point grid.
    Space {
        hair: "1 point.", half: "2 points.", one: "4 points.", two: "8 points.", three: "12 points.",
        four: "16 points.", five: "20 points.", six: "24 points.", eight: "32 points.",
    }
}

numbers! {
    /// Radii of corners.
    Radius {
        control: "Buttons and fields.", panel: "Popups.", chip: "Chips.", highlight: "Tints of codings.",
        heat_tile: "Cells of the matrix.",
    }
}

numbers! {
    /// Widths of lines.
    Stroke {
        hairline: "Between panes.", focus_ring: "Round what has the focus.", coding_underline: "Under overlapping codings.",
        coding_underline_step: "From one underline to the next.", selection_outline: "Round selected words.",
        cell_edit_outline: "Round the cell that is edited.", control_outline: "Check boxes.", sign_edge: "Edges of signs.",
        bracket: "Stripes.", bracket_focused: "The focused stripe.", bracket_cap: "Ends of stripes.", icon: "Drawn signs.",
    }
}

numbers! {
    /// Sizes of things.
    Size {
        top_bar: "Height.", left_rail: "Width.", status_bar: "Height.", row: "Height of a row.", source_row: "Height.",
        smallest_type: "No words are smaller.", tree_row: "Height.", matrix_row: "Height.", matrix_column: "Width.",
        matrix_column_nobody: "Width.", matrix_first_column: "Width.", matrix_total_column: "Width.", matrix_summary: "Width of a column of summaries.", matrix_group_gap: "Width.",
        chart_first_column: "Width.", chart_column: "Width.", chart_column_narrow: "Width of a column with little in it.", chart_pane: "Width.",
        sign: "A sign.", sign_in_heat: "A sign on a tinted cell.", control: "Height of buttons and fields.",
        control_small: "Height of small buttons.", sources_pane: "Width.", inspector_pane: "Width.", cell_drawer: "Width.",
        facets_pane: "Width.", preview_pane: "Width.", stripe_lane: "Width of a lane.",
        stripe_lanes_before_counting: "Lanes shown before \"+n more\".", theme_mark: "Size of a theme's mark.",
        icon: "Size of an icon.", picker_width: "Width.",
    }
}

numbers! {
    /// How a transcript is set.
    Reading {
        column_width: "Width of a line.", gap_between_turns: "Between paragraphs.", speaker_gutter_width: "Room for speakers.",
        paragraph_number_width: "Room for numbers.",
    }
}
