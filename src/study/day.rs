use jiff::civil::Date;

/// The day that is written, where it can be read without guessing which number is the month: `2024-05-14`, `14 May 2024`,
/// `14/05/2024`.
#[must_use]
pub fn day_written(written: &str) -> Option<Date> {
    let plain = written.replace(',', " ").split_whitespace().collect::<Vec<_>>().join(" ");
    let plain = ["1st", "2nd", "3rd"].iter().fold(plain, |text, nth| text.replace(nth, nth.get(..1).unwrap_or_default()));
    let plain = strip_th(&plain);
    let formats = ["%Y-%m-%d", "%Y/%m/%d", "%d %B %Y", "%d %b %Y", "%B %d %Y", "%b %d %Y", "%A %d %B %Y", "%a %d %b %Y", "%d-%b-%Y"];
    formats.iter().find_map(|format| Date::strptime(format, &plain).ok()).or_else(|| by_numbers(&plain))
}

/// "14th" as "14".
fn strip_th(text: &str) -> String {
    let words = text.split(' ').map(|word| {
        let number = word.strip_suffix("th").or_else(|| word.strip_suffix("st"));
        number.filter(|number| !number.is_empty() && number.chars().all(|c| c.is_ascii_digit())).unwrap_or(word)
    });
    words.collect::<Vec<_>>().join(" ")
}

/// `14/05/2024`, where only one of the first two numbers can be the month.
fn by_numbers(text: &str) -> Option<Date> {
    let numbers: Vec<i16> = text.split(['/', '.', '-']).map(|part| part.trim().parse().ok()).collect::<Option<_>>()?;
    let [first, second, year] = *numbers.as_slice() else { return None };
    let (day, month) = match (first > 12, second > 12) {
        (true, false) => (first, second),
        (false, true) => (second, first),
        (false, false) if first == second => (first, second),
        _ => return None,
    };
    if year < 1000 {
        return None;
    }
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}
