//! A PIN: six digits that nobody would try first.

use zeroize::Zeroizing;

/// Six digits, wiped when dropped.
#[derive(Clone, Default)]
pub struct Pin(Zeroizing<String>);

/// Why digits cannot be a PIN.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PinError {
    /// Not six digits.
    #[error("a PIN has six digits")]
    Malformed,
    /// Among the first that anybody would try.
    #[error("the PIN is too easy to guess")]
    Trivial,
    /// The person's birth date.
    #[error("the PIN is the birth date")]
    BirthDate,
}

impl PinError {
    /// The short code that screens act on.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Malformed => "pin-malformed",
            Self::Trivial => "pin-trivial",
            Self::BirthDate => "pin-birth-date",
        }
    }
}

/// How many digits a PIN has.
const DIGITS: usize = 6;

/// Others that people choose often: figures on the keypad and lucky numbers.
const OFTEN_CHOSEN: [&str; 14] = [
    "123321", "112233", "332211", "159753", "147258", "258369", "147369", "159357", "741852", "789456",
    "456123", "666888", "686868", "520520",
];

impl Pin {
    /// Reads six ASCII digits.
    ///
    /// # Errors
    /// [`PinError::Malformed`].
    pub fn read(text: &str) -> Result<Self, PinError> {
        let fits = text.len() == DIGITS && text.bytes().all(|byte| byte.is_ascii_digit());
        if fits { Ok(Self(Zeroizing::new(text.to_owned()))) } else { Err(PinError::Malformed) }
    }

    /// The digits.
    #[must_use]
    pub fn digits(&self) -> &str {
        &self.0
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

/// Whether six digits are among the first that anybody would try: one digit, a run up or down, two
/// or three digits repeated, and figures that are chosen often.
#[must_use]
pub fn is_trivial(pin: &str) -> bool {
    let digits = pin.as_bytes();
    let step = |by: u8| {
        digits.iter().zip(digits.iter().skip(1)).all(|(one, next)| {
            let (one, next) = (one.wrapping_sub(b'0'), next.wrapping_sub(b'0'));
            one.wrapping_add(by) % 10 == next
        })
    };
    let repeats =
        |length: usize| digits.iter().zip(digits.iter().skip(length)).all(|(one, other)| one == other);
    step(0) || step(1) || step(9) || repeats(2) || repeats(3) || OFTEN_CHOSEN.contains(&pin)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_anybody_would_try_first_is_trivial() {
        for pin in ["000000", "111111", "123456", "654321", "345678", "890123", "121212", "123123", "112233"]
        {
            assert!(is_trivial(pin), "{pin}");
        }
        for pin in ["482916", "170590", "112358", "808017"] {
            assert!(!is_trivial(pin), "{pin}");
        }
    }

    #[test]
    fn only_six_digits_are_a_pin() {
        assert_eq!(Pin::read("482916").unwrap().digits(), "482916");
        for text in ["", "48291", "4829160", "48291a", "٤٨٢٩١٦", " 48291"] {
            assert_eq!(Pin::read(text).err(), Some(PinError::Malformed), "{text}");
        }
    }
}
