import { parseDatetime, parseDuration, showSeconds, showTime } from "./times";

it.each([
  ["2026-11-21T09:30:00.000", Date.UTC(2026, 10, 21, 9, 30)],
  ["2026-11-21T09:30", Date.UTC(2026, 10, 21, 9, 30)],
  ["2026-11-21", Date.UTC(2026, 10, 21)],
  ["2026-11-21T09:30:00Z", Date.UTC(2026, 10, 21, 9, 30)],
  ["2026-11-21T09:30:00.5+01:00", Date.UTC(2026, 10, 21, 8, 30, 0, 500)],
])("%s is a time", (text, ms) => expect(parseDatetime("--to-datetime", text)).toBe(ms));

it.each(["yesterday", "2026-13-01", "2026-11-21 09:30", "09:30", ""])("%s is none", (text) =>
  expect(() => parseDatetime("--to-datetime", text)).toThrow("--to-datetime"),
);

it.each([
  ["90s", 90_000],
  ["15m", 900_000],
  ["1.5h", 5_400_000],
  ["7d", 604_800_000],
  ["P1D", 86_400_000],
  ["PT30M", 1_800_000],
  ["P1DT2H30M5.5S", 95_405_500],
])("%s is a span", (text, ms) => expect(parseDuration("--by-duration", text)).toBe(ms));

it.each(["P", "PT", "P1DT", "1w", "-5m", "5"])("%s is none", (text) =>
  expect(() => parseDuration("--by-duration", text)).toThrow("--by-duration"),
);

it("shows spans in two digits or so", () => {
  expect([0, 0.44, 9.96, 95, 119.7, 700, 7_300, 100_000, 400_000].map(showSeconds)).toEqual([
    "0 s",
    "0.4 s",
    "10 s",
    "95 s",
    "120 s",
    "12 min",
    "2 h",
    "28 h",
    "5 d",
  ]);
  expect(showTime(Date.UTC(2026, 10, 21, 9, 30, 5, 999))).toBe("2026-11-21 09:30:05");
});
