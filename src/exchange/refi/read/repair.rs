//! Signs that a program forgot to escape.

use crate::exchange::refi::xml::{is_known, local};

/// The most signs that are repaired: where there are more, something else is wrong.
const MOST: usize = 1000;
/// The longest tag that is known as one, in bytes.
const LONGEST_TAG: usize = 64 * 1024;

/// The XML with every bare `&` and `<` in words and values escaped, and the bytes where they stood; `None` when there is
/// none, or far too many. What begins like a tag of the standard is one, whatever was meant.
pub(super) fn repaired(xml: &str) -> Option<(String, Vec<usize>)> {
    let mut out = String::with_capacity(xml.len() + 64);
    let mut places = Vec::new();
    let mut at = 0;
    while let Some(rest) = xml.get(at..).filter(|rest| !rest.is_empty()) {
        if places.len() > MOST {
            return None;
        }
        let step = match rest.find(['<', '&']) {
            None => {
                out.push_str(rest);
                break;
            }
            Some(0) if rest.starts_with('&') => reference(rest, at, &mut out, &mut places),
            Some(0) => {
                let length = markup(rest)?;
                if length > 0 {
                    tag(rest.get(..length).unwrap_or_default(), at, &mut out, &mut places);
                } else {
                    out.push_str("&lt;");
                    places.push(at);
                }
                length.max(1)
            }
            Some(plain) => {
                out.push_str(rest.get(..plain).unwrap_or_default());
                plain
            }
        };
        at += step;
    }
    (!places.is_empty()).then_some((out, places))
}

/// Takes a reference, or a bare `&`, from the beginning of `rest`, and tells how long it is.
fn reference(rest: &str, at: usize, out: &mut String, places: &mut Vec<usize>) -> usize {
    let length = rest.bytes().take(12).position(|byte| byte == b';');
    let known = length.and_then(|end| rest.get(1..end)).filter(|name| is_reference(name));
    if let Some(name) = known {
        out.push('&');
        out.push_str(name);
        out.push(';');
        name.len() + 2
    } else {
        out.push_str("&amp;");
        places.push(at);
        1
    }
}

fn is_reference(name: &str) -> bool {
    if let Some(digits) = name.strip_prefix("#x") {
        return !digits.is_empty() && digits.chars().all(|c| c.is_ascii_hexdigit());
    }
    if let Some(digits) = name.strip_prefix('#') {
        return !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit());
    }
    matches!(name, "amp" | "lt" | "gt" | "quot" | "apos")
}

/// How long the markup at the beginning of `rest` is, nothing when it is none; `None` when it is of the standard and
/// not whole, which nobody can repair safely.
fn markup(rest: &str) -> Option<usize> {
    for (begin, end) in [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"), ("<!DOCTYPE", ">")] {
        if rest.starts_with(begin) {
            return rest.find(end).map(|at| at + end.len());
        }
    }
    let inside = rest.strip_prefix("</").or_else(|| rest.strip_prefix('<')).unwrap_or_default();
    let is_sign = |c: char| !(c.is_alphanumeric() || matches!(c, ':' | '_' | '-' | '.'));
    let name = inside.split(is_sign).next().unwrap_or_default();
    if is_known(local(name)) { tag_length(rest, name) } else { Some(0) }
}

/// How long the tag at the beginning of `rest` is; `None` when it is not whole.
fn tag_length(rest: &str, name: &str) -> Option<usize> {
    let rest = rest.get(..rest.floor_char_boundary(LONGEST_TAG)).unwrap_or(rest);
    let inside = rest.strip_prefix("</").or_else(|| rest.strip_prefix('<'))?;
    let is_end = rest.starts_with("</");
    let mut left = inside.get(name.len()..)?;
    loop {
        let trimmed = left.trim_start();
        if let Some(after) = trimmed.strip_prefix('>').or_else(|| trimmed.strip_prefix("/>").filter(|_| !is_end)) {
            return Some(rest.len() - after.len());
        }
        // An attribute stands apart from what is before it.
        if is_end || trimmed.len() == left.len() {
            return None;
        }
        let (key, value) = trimmed.split_once('=')?;
        let key = key.trim_end();
        if key.is_empty() || key.contains(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '\'')) {
            return None;
        }
        let value = value.trim_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        left = value.get(1..)?.split_once(quote)?.1;
    }
}

/// Appends markup, with the values of a tag repaired.
fn tag(markup: &str, at: usize, out: &mut String, places: &mut Vec<usize>) {
    if markup.starts_with("<!") || markup.starts_with("<?") {
        out.push_str(markup);
        return;
    }
    let mut quote = None;
    let mut from = 0;
    while let Some(rest) = markup.get(from..) {
        let Some(c) = rest.chars().next() else { break };
        if quote.is_some() && c == '&' {
            from += reference(rest, at + from, out, places);
            continue;
        }
        if quote.is_some() && c == '<' {
            out.push_str("&lt;");
            places.push(at + from);
        } else {
            out.push(c);
            match quote {
                Some(open) if open == c => quote = None,
                None if matches!(c, '"' | '\'') => quote = Some(c),
                _ => {}
            }
        }
        from += c.len_utf8();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bare_signs_become_words() {
        for (xml, expected) in [
            ("<Note>Salt & vinegar: is x < y here?</Note>", Some("<Note>Salt &amp; vinegar: is x &lt; y here?</Note>")),
            ("<Note>a<b and b>c</Note>", Some("<Note>a&lt;b and b>c</Note>")),
            ("<Code name=\"A & <B>\"/>", Some("<Code name=\"A &amp; &lt;B>\"/>")),
            ("<Note>AT&T &amp; &#x41; &nbsp;</Note>", Some("<Note>AT&amp;T &amp; &#x41; &amp;nbsp;</Note>")),
            ("<Note>one & two &é</Note>", Some("<Note>one &amp; two &amp;é</Note>")),
            ("<Note>a &lt; b <!-- x < y & z --><![CDATA[<&]]></Note>", None),
            ("<q:Note x='1'>fine</q:Note>", None),
            ("<Note>a & b <Code name=\"he said \"no\"\"/></Note>", None),
            ("<Note>a & b</Note", None),
            ("<Note>a & b <!-- ", None),
        ] {
            assert_eq!(repaired(xml).map(|(xml, _)| xml).as_deref(), expected, "{xml}");
        }
        assert_eq!(repaired("<Note>é&<</Note>").map(|(_, places)| places), Some(vec![8, 9]));
    }
}
