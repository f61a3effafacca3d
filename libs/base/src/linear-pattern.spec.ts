import fc from "fast-check";
import { LinearPattern } from "./linear-pattern";

function compile(source: string): LinearPattern {
  const pattern = LinearPattern.compile(source);
  if (!(pattern instanceof LinearPattern)) throw new Error(pattern.problem);
  return pattern;
}

describe("LinearPattern", () => {
  it.each([
    ["", ["", "!a"]],
    ["abc", ["abc", "!ab", "!abcd", "!xabc"]],
    ["a.c", ["abc", "a😀c", "!a\nc"]],
    ["(?s)a.c", ["a\nc"]],
    ["orders-.*", ["orders-", "orders-eu", "!orders"]],
    ["a|b|", ["a", "b", "", "!ab"]],
    ["(a|b)+c?", ["ababc", "b", "!c"]],
    ["x{2,3}", ["xx", "xxx", "!x", "!xxxx"]],
    ["x{2}", ["xx", "!xxx"]],
    ["x{2,}", ["xxxxx", "!x"]],
    ["x{,2}", ["x{,2}"]],
    ["(ab){0}", ["", "!ab"]],
    ["a*?b", ["aab", "b"]],
    ["[a-c_]+", ["abc_", "!d"]],
    ["[^a-c]", ["d", "!b"]],
    ["[]a-]+", ["]a-", "!b"]],
    ["[[:digit:][:^alpha:]]", ["7", "-", "!x"]],
    ["[\\d\\-]+", ["1-2", "!a"]],
    ["\\d\\D\\w\\W\\s\\S", ["1aa  a", "!aaaaaa"]],
    ["\\pL+\\p{Greek}\\PN", ["aβγ!", "!1βγ!"]],
    ["\\x41\\x{1F600}\\t", ["A😀\t"]],
    ["\\Qa.b\\E.", ["a.bc", "!axbc"]],
    ["(?i)ab[c-d]", ["ABD", "abc"]],
    ["a(?i:b)c", ["aBc", "!ABc", "!aBC"]],
    ["(?P<id>a)(?<other>b)", ["ab"]],
    ["^a$", ["a"]],
    ["a\\b-\\Bx?", ["a-", "!a-x"]],
    ["\\.\\*", [".*"]],
    ["(a*)*b", ["aaab", "b", "!aaa"]],
  ])("%s matches what it should", (source, texts) => {
    const pattern = compile(source);
    for (const text of texts) {
      const wanted = !text.startsWith("!");
      expect([text, pattern.matches(wanted ? text : text.slice(1))]).toEqual([text, wanted]);
    }
  });

  it.each([
    ["(", "( without"],
    [")", ") without"],
    ["*a", "nothing to repeat"],
    ["a**", "nothing to repeat"],
    ["[a", "ends too early"],
    ["[b-a]", "backwards"],
    ["a{3,2}", "counts backwards"],
    ["a{1001}", "too often"],
    ["((a{100}){100}){100}", "too large"],
    ["((((){1000}){1000}){1000}){1000}", "too large"],
    ["\\1", "not known"],
    ["(?=a)", "not known"],
    ["(?<=a)b", "not known"],
    ["\\p{Klingon}", "not known"],
    ["[[:klingon:]]", "not known"],
    ["\\", "ends too early"],
    ["\\xZZ", "no character"],
    ["(".repeat(300) + ")".repeat(300), "too deep"],
  ])("%s is refused", (source, problem) => {
    expect((LinearPattern.compile(source) as { problem: string }).problem).toContain(problem);
  });

  it("agrees with JavaScript's engine", () => {
    const atom = fc.constantFrom("a", "b", ".", "[ab]", "[^a]", "\\w", "(a|b)", "(ab)", "(a|)", "^", "$", "\\b");
    const piece = fc.tuple(atom, fc.constantFrom("", "", "*", "+", "?", "{2}", "{1,2}", "*?"));
    const pieces = fc.array(piece, { maxLength: 5 }).map((all) =>
      // JavaScript repeats no assertions.
      all.map(([a, q]) => (/^[\^$]|\\b$/.test(a) ? a : a + q)).join(""),
    );
    const texts = fc.array(fc.constantFrom("a", "b", "-"), { maxLength: 6 }).map((letters) => letters.join(""));
    fc.assert(
      fc.property(pieces, texts, (source, text) => {
        expect(compile(source).matches(text)).toBe(new RegExp(`^(?:${source})$`, "u").test(text));
      }),
      { numRuns: 2_000 },
    );
  });

  it("never throws, whatever the pattern", () => {
    const letters = fc.constantFrom(..."ab()[]{}|*+?^$\\.-,:10<>PQEpxi&😀".match(/./gu)!);
    fc.assert(
      fc.property(fc.array(letters, { maxLength: 15 }), (source) => {
        const pattern = LinearPattern.compile(source.join(""));
        if (pattern instanceof LinearPattern) pattern.matches("ab-10");
      }),
      { numRuns: 5_000 },
    );
  });

  it("takes time in proportion to the text where others take exponential time", () => {
    // A backtracking engine needs 2^5000 steps for this.
    expect(compile("(a+)+b").matches("a".repeat(5_000))).toBe(false);
    expect(compile("(a|a)*(a|a)*b").matches("a".repeat(5_000))).toBe(false);
  });
});
