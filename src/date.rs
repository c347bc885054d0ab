//! Dates as HTTP writes them (RFC 9110 §5.6.7).
//!
//! ```text
//! Date: Sun, 06 Nov 1994 08:49:37 GMT
//! ```

use std::cell::Cell;
use std::time::{Duration, SystemTime};

const WEEKDAYS: [&[u8; 3]; 7] = [b"Thu", b"Fri", b"Sat", b"Sun", b"Mon", b"Tue", b"Wed"];
const MONTHS: [&[u8; 3]; 12] = [
    b"Jan", b"Feb", b"Mar", b"Apr", b"May", b"Jun", b"Jul", b"Aug", b"Sep", b"Oct", b"Nov", b"Dec",
];
const DAY: i64 = 24 * 60 * 60;

/// An `IMF-fixdate`: always 29 bytes, always GMT, to the second, from the year 0000 to 9999.
///
/// ```
/// use cookies_from_scratch::date::HttpDate;
/// use std::time::{Duration, SystemTime};
/// let time = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777);
/// assert_eq!(HttpDate::new(time).unwrap().as_str(), "Sun, 06 Nov 1994 08:49:37 GMT");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HttpDate([u8; 29]);

impl HttpDate {
    /// The first second of Unix time; what a cookie that is to go away expires at.
    pub const EPOCH: Self = Self(*b"Thu, 01 Jan 1970 00:00:00 GMT");
    /// The last second that four digits of a year can write.
    pub const LAST: Self = Self(*b"Fri, 31 Dec 9999 23:59:59 GMT");
    /// How far [`HttpDate::LAST`] is from the epoch.
    pub const LONGEST: Duration = Duration::from_secs(253_402_300_799);

    /// The date of `time`, cut to the second below, or `None` outside the years 0000 to 9999.
    ///
    /// `IMF-fixdate = day-name "," SP day SP month SP year SP hour ":" minute ":" second SP GMT`
    pub fn new(time: SystemTime) -> Option<Self> {
        let seconds = unix_seconds(time)?;
        let (last, date) = LAST.get();
        if seconds == last {
            return Some(date);
        }
        let (days, second) = (seconds.div_euclid(DAY), seconds.rem_euclid(DAY));
        let (year, month, day) = calendar(days);
        if !(0..=9999).contains(&year) {
            return None;
        }
        let mut text = Self::EPOCH.0;
        text[..3].copy_from_slice(WEEKDAYS[usize::try_from(days.rem_euclid(7)).ok()?]);
        text[8..11].copy_from_slice(MONTHS[usize::try_from(month - 1).ok()?]);
        for (at, number) in [
            (5, day),
            (12, year / 100),
            (14, year % 100),
            (17, second / 3600),
            (20, second / 60 % 60),
            (23, second % 60),
        ] {
            let number = u8::try_from(number).ok()?;
            text[at] = b'0' + number / 10;
            text[at + 1] = b'0' + number % 10;
        }
        LAST.set((seconds, Self(text)));
        Some(Self(text))
    }

    /// The 29 bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The 29 bytes as text.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// The same moment as a log writes it: `06/Nov/1994:08:49:37 +0000`.
    pub fn in_common_log_format(&self) -> String {
        let text = self.as_str();
        let (day, month, year, time) = (&text[5..7], &text[8..11], &text[12..16], &text[17..25]);
        format!("{day}/{month}/{year}:{time} +0000")
    }
}

thread_local! {
    /// The last date that this thread has written, and its second: most answers are of the same one.
    static LAST: Cell<(i64, HttpDate)> = const { Cell::new((0, HttpDate::EPOCH)) };
}

/// Whole seconds since the epoch, rounded down; below zero before it.
fn unix_seconds(time: SystemTime) -> Option<i64> {
    match time.duration_since(SystemTime::UNIX_EPOCH) {
        Ok(after) => i64::try_from(after.as_secs()).ok(),
        Err(before) => {
            let before = before.duration();
            let started = i64::from(before.subsec_nanos() > 0);
            0_i64.checked_sub_unsigned(before.as_secs())?.checked_sub(started)
        }
    }
}

/// Year, month (from 1) and day (from 1) of a number of days since the epoch.
///
/// The calendar repeats every 400 years, an *era* of 146,097 days. We let a year begin in March, so
/// that the leap day is its last, and the months from March on have 31, 30, 31, 30, 31 days over and
/// over, which is 153 days for every five of them.
fn calendar(days: i64) -> (i64, i64, i64) {
    let days = days.saturating_add(719_468); // from 0000-03-01 to 1970-01-01
    let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let months_since_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * months_since_march + 2) / 5 + 1;
    let month =
        if months_since_march < 10 { months_since_march + 3 } else { months_since_march - 9 };
    (era * 400 + year_of_era + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_named_dates_are_what_they_say() {
        assert_eq!(HttpDate::new(SystemTime::UNIX_EPOCH), Some(HttpDate::EPOCH));
        let last = SystemTime::UNIX_EPOCH + HttpDate::LONGEST;
        assert_eq!(HttpDate::new(last), Some(HttpDate::LAST));
        assert_eq!(HttpDate::new(last + Duration::from_secs(1)), None);
    }

    #[test]
    fn a_part_of_a_second_is_cut_to_the_second_below() {
        let half = Duration::from_millis(500);
        assert_eq!(HttpDate::new(SystemTime::UNIX_EPOCH + half), Some(HttpDate::EPOCH));
        let before = HttpDate::new(SystemTime::UNIX_EPOCH - half).unwrap();
        assert_eq!(before.as_str(), "Wed, 31 Dec 1969 23:59:59 GMT");
    }

    #[test]
    fn every_day_of_an_era_follows_the_one_before() {
        let (mut year, mut month, mut day) = calendar(-719_528); // 0000-01-01
        assert_eq!((year, month, day), (0, 1, 1));
        for days in -719_527..-719_528 + 146_097 {
            let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
            let long = match month {
                2 => 28 + i64::from(leap),
                4 | 6 | 9 | 11 => 30,
                _ => 31,
            };
            (year, month, day) = match (month, day) {
                (12, 31) => (year + 1, 1, 1),
                (_, last) if last == long => (year, month + 1, 1),
                _ => (year, month, day + 1),
            };
            assert_eq!(calendar(days), (year, month, day), "day {days}");
        }
    }

    #[test]
    fn a_log_writes_the_same_moment_in_its_own_order() {
        assert_eq!(HttpDate::EPOCH.in_common_log_format(), "01/Jan/1970:00:00:00 +0000");
    }
}
