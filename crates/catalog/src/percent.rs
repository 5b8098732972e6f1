//! Shares in percent, rounded alike everywhere: two decimals are more than any of the tools give.

/// `part` of `whole` in percent; `None` where `whole` is zero.
pub(crate) fn share(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| rounded(part as f64 / whole as f64 * 100.0))
}

/// A figure with two decimals.
pub(crate) fn rounded(figure: f64) -> f64 {
    (figure * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_have_two_decimals_and_nothing_has_none() {
        assert_eq!(share(1, 3), Some(33.33));
        assert_eq!(share(0, 3), Some(0.0));
        assert_eq!(share(1, 0), None);
    }
}
