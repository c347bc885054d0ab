//! Dates, as a calendar on a wall has them.

use cookies_from_scratch::date::HttpDate;
use std::time::{Duration, SystemTime};

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

#[test]
fn every_day_of_400_years_follows_the_one_before() {
    const YEAR_0_TO_EPOCH: u64 = 719_528;
    let first_noon =
        SystemTime::UNIX_EPOCH - Duration::from_secs(YEAR_0_TO_EPOCH * 86_400 - 43_200);
    let (mut year, mut month, mut day) = (0, 0, 1);
    let weekdays = ["Sat", "Sun", "Mon", "Tue", "Wed", "Thu", "Fri"].iter().cycle();
    for (weekday, days) in weekdays.zip(0..146_097) {
        let noon = first_noon + Duration::from_secs(days * 86_400);
        let text = format!("{weekday}, {day:02} {} {year:04} 12:00:00 GMT", MONTHS[month]);
        assert_eq!(HttpDate::new(noon).unwrap().as_str(), text);
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let long = match MONTHS[month] {
            "Feb" => 28 + i32::from(leap),
            "Apr" | "Jun" | "Sep" | "Nov" => 30,
            _ => 31,
        };
        (year, month, day) = match (month, day) {
            (11, 31) => (year + 1, 0, 1),
            (_, last) if last == long => (year, month + 1, 1),
            _ => (year, month, day + 1),
        };
    }
}

#[test]
fn a_part_of_a_second_is_cut_to_the_second_below() {
    let half = Duration::from_millis(500);
    assert_eq!(HttpDate::new(SystemTime::UNIX_EPOCH + half), Some(HttpDate::EPOCH));
    let before = HttpDate::new(SystemTime::UNIX_EPOCH - half).unwrap();
    assert_eq!(before.as_str(), "Wed, 31 Dec 1969 23:59:59 GMT");
}
