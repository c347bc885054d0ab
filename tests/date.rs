//! Dates, compared with a calendar that counts the days one by one.

use cookies_from_scratch::date::HttpDate;
use std::time::{Duration, SystemTime};

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

#[test]
fn every_day_of_400_years_has_its_date() {
    const YEAR_0_TO_EPOCH: u64 = 719_528;
    let first_noon =
        SystemTime::UNIX_EPOCH - Duration::from_secs(YEAR_0_TO_EPOCH * 86_400 - 43_200);
    let (mut year, mut month, mut day) = (0, 0, 1);
    let weekdays = ["Sat", "Sun", "Mon", "Tue", "Wed", "Thu", "Fri"].iter().cycle();
    for (weekday, days) in weekdays.zip(0..146_097) {
        let noon = first_noon + Duration::from_secs(days * 86_400);
        let text = format!("{weekday}, {day:02} {} {year:04} 12:00:00 GMT", MONTHS[month]);
        assert_eq!(HttpDate::new(noon).unwrap().as_str(), text);
        let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let last_day = match MONTHS[month] {
            "Feb" => 28 + i32::from(is_leap),
            "Apr" | "Jun" | "Sep" | "Nov" => 30,
            _ => 31,
        };
        (year, month, day) = match (month, day) {
            (11, 31) => (year + 1, 0, 1),
            (_, day) if day == last_day => (year, month + 1, 1),
            _ => (year, month, day + 1),
        };
    }
}

#[test]
fn a_fraction_of_a_second_is_rounded_down() {
    let half = Duration::from_millis(500);
    assert_eq!(HttpDate::new(SystemTime::UNIX_EPOCH + half), Some(HttpDate::EPOCH));
    let before = HttpDate::new(SystemTime::UNIX_EPOCH - half).unwrap();
    assert_eq!(before.as_str(), "Wed, 31 Dec 1969 23:59:59 GMT");
}
