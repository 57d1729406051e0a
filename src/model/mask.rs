//! Addresses with their middle hidden: enough to recognise one that is known, too little to use one that is not.
//! Never a guess at what else may be private: a text that is to be kept private is left out whole.

/// What stands for what is hidden.
const HIDDEN: &str = "•••••";
/// Digits of a phone number that stay at its end.
const LAST: usize = 4;
/// Fewer digits in a row are a code, a year or a count.
const PHONE: usize = 9;

/// `+15550100122` → `+1•••••0122`, `dana@example.com` → `d•••@example.com`; a name before an address is left out.
/// What looks like neither is hidden but for its first letter.
pub fn address(text: &str) -> String {
    let text = text.trim();
    let inner = text
        .rsplit_once('<')
        .and_then(|(_, rest)| rest.split_once('>'));
    let bare = inner.map_or(text, |(bare, _)| bare).trim();
    if let Some((local, domain)) = bare.rsplit_once('@') {
        return email(local, domain);
    }
    let digits = bare.chars().filter(char::is_ascii_digit).count();
    if digits > LAST {
        return phone(bare);
    }
    let first: String = bare.chars().take(1).collect();
    format!("{first}{HIDDEN}")
}

fn email(local: &str, domain: &str) -> String {
    let first: String = local.chars().take(1).collect();
    format!("{first}•••@{domain}")
}

/// A plus and the first digit, which tell the part of the world, and the last ones.
fn phone(text: &str) -> String {
    let digits: Vec<char> = text.chars().filter(char::is_ascii_digit).collect();
    let last: String = digits[digits.len() - LAST..].iter().collect();
    let first = if text.starts_with('+') {
        format!("+{}", digits[0])
    } else {
        String::new()
    };
    format!("{first}{HIDDEN}{last}")
}

/// A sentence with the addresses in it hidden so: an error's words may name who was written to.
pub fn sentence(text: &str) -> String {
    let mut masked = String::new();
    let mut word = String::new();
    for letter in text.chars().chain([' ']) {
        let belongs = letter.is_alphanumeric() || "+@._%-".contains(letter);
        if belongs {
            word.push(letter);
            continue;
        }
        masked.push_str(&masked_word(&word));
        word.clear();
        masked.push(letter);
    }
    masked.pop();
    masked
}

fn masked_word(word: &str) -> String {
    if let Some((local, domain)) = word.rsplit_once('@')
        && !local.is_empty()
    {
        return email(local, domain);
    }
    let is_number = |letter: char| letter.is_ascii_digit() || "+-.".contains(letter);
    let digits = word.chars().filter(char::is_ascii_digit).count();
    if digits >= PHONE && word.chars().all(is_number) {
        return phone(word);
    }
    word.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn addresses_keep_what_makes_them_known() {
        for (plain, masked) in [
            ("+15550100122", "+1•••••0122"),
            ("15550100122", "•••••0122"),
            ("+1 (555) 010-0122", "+1•••••0122"),
            ("dana@example.com", "d•••@example.com"),
            ("Dana Doe <dana@example.com>", "d•••@example.com"),
            ("32665", "•••••2665"),
            ("ACME", "A•••••"),
            ("", "•••••"),
        ] {
            assert_eq!(address(plain), masked);
        }
    }

    #[test]
    fn in_a_sentence_addresses_are_hidden_and_codes_are_not() {
        let told = sentence(
            "550 5.1.1 <dana@example.com>: no such user; called +15550100122 on 2026-03-04, 30007",
        );
        assert_eq!(
            told,
            "550 5.1.1 <d•••@example.com>: no such user; called +1•••••0122 on 2026-03-04, 30007"
        );
    }

    proptest! {
        #[test]
        fn of_a_number_at_most_five_digits_are_left(number in "\\+?[0-9]{9,15}") {
            for masked in [address(&number), sentence(&number)] {
                prop_assert!(masked.chars().filter(char::is_ascii_digit).count() <= LAST + 1);
            }
        }

        #[test]
        fn of_a_mailbox_only_the_first_letter_is_left(local in "[a-z]{2,20}") {
            let plain = format!("{local}@example.com");
            let first: String = local.chars().take(1).collect();
            let expected = format!("{first}•••@example.com");
            prop_assert_eq!(address(&plain), expected.clone());
            prop_assert_eq!(sentence(&plain), expected);
        }

        #[test]
        fn masking_twice_changes_nothing_more(text in any::<String>()) {
            let once = sentence(&text);
            prop_assert_eq!(sentence(&once), once);
        }
    }
}
