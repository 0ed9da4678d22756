use std::collections::HashMap;

use uuid::Uuid;

/// How long an identity is in letters.
const LENGTH: usize = 36;

/// Where the hyphens stand in it.
const HYPHENS: [usize; 4] = [8, 13, 18, 23];

/// The text with other identities in the place of those in `map`; none when none of them is in it.
pub(super) fn replaced(text: &str, map: &HashMap<Uuid, Uuid>) -> Option<String> {
    let bytes = text.as_bytes();
    let mut out = String::new();
    let (mut done, mut at) = (0, 0);
    while let Some(window) = bytes.get(at..at + LENGTH) {
        let shaped = HYPHENS.iter().all(|hyphen| window.get(*hyphen) == Some(&b'-'));
        let known = || map.get(&text.get(at..at + LENGTH)?.parse().ok()?);
        match shaped.then(known).flatten() {
            Some(other) => {
                out.push_str(text.get(done..at).unwrap_or_default());
                out.push_str(&other.to_string());
                at += LENGTH;
                done = at;
            }
            None => at += 1,
        }
    }
    if done == 0 {
        return None;
    }
    out.push_str(text.get(done..).unwrap_or_default());
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identities_are_replaced_wherever_they_stand() {
        let [one, two, other] = [1, 2, 3].map(Uuid::from_u128);
        let map = HashMap::from([(one, two)]);
        let text = |id: Uuid| format!("é{{\"{id}\":[\"{other}\"]}} -{id}");
        assert_eq!(replaced(&text(one), &map), Some(text(two)));
        assert_eq!(replaced(&text(other), &map), None);
        assert_eq!(replaced("", &map), None);
    }
}
