import { parsePairs, parseProperties } from "./properties";

it("reads a file of properties as Java does", () => {
  const text = [
    "# comment",
    "! too",
    "a=1",
    "b : two words ",
    "c\\=d=\\t",
    "long=one,\\",
    "   two",
    "empty",
    "u=\\u0041",
  ];
  expect([...parseProperties(text.join("\r\n"))]).toEqual([
    ["a", "1"],
    ["b", "two words "],
    ["c=d", "\t"],
    ["long", "one,two"],
    ["empty", ""],
    ["u", "A"],
  ]);
});

it("values of pairs hold equals signs, and may be missing", () => {
  expect([...parsePairs(["key.separator==", "a"])]).toEqual([
    ["key.separator", "="],
    ["a", ""],
  ]);
});
