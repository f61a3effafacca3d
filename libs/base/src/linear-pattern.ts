/**
 * Regular expressions of clients, in the syntax of RE2, matched in time proportional to the text: no pattern that a client
 * sends can make a server think for long. (JavaScript's own engine backtracks, which takes some patterns exponential time.)
 *
 * Served: literals, `.`, classes with ranges, escapes and POSIX names, `\d \w \s \pL \p{Greek}`, groups (named ones too), `|`,
 * `* + ? {n} {n,} {n,m}` and their lazy forms, `^ $ \A \z \b \B`, `\Q…\E`, `(?i)` and `(?s)`. As in RE2 there are no
 * backreferences and no lookaround; a pattern that is too large is refused.
 * Source: RE2's syntax page; the matching is Thompson's (a set of states that walks along the text).
 */
export class LinearPattern {
  private constructor(private readonly program: readonly Instruction[]) {}

  /** What is wrong with it, in words, where it is no pattern. */
  static compile(source: string): LinearPattern | { readonly problem: string } {
    try {
      return new LinearPattern(new Compiler(new Parser(source).parse()).program);
    } catch (error) {
      if (error instanceof PatternError) return { problem: error.message };
      throw error;
    }
  }

  /** Whether the whole of `text` matches. */
  matches(text: string): boolean {
    const characters = [...text];
    const { program } = this;
    let states: number[] = [];
    let seen = new Uint8Array(program.length);
    const enter = (start: number, at: number): void => {
      const stack = [start];
      for (let index = stack.pop(); index !== undefined; index = stack.pop()) {
        if (seen[index] === 1) continue;
        seen[index] = 1;
        const instruction = program[index] as Instruction;
        if (instruction.op === "split") stack.push(instruction.second, instruction.first);
        else if (instruction.op === "jump") stack.push(instruction.to);
        else if (instruction.op !== "assert") states.push(index);
        else if (holds(instruction.what, characters, at)) stack.push(index + 1);
      }
    };
    enter(0, 0);
    for (let at = 0; at < characters.length; at++) {
      const character = characters[at] as string;
      const before = states;
      states = [];
      seen = new Uint8Array(program.length);
      for (const index of before) {
        const instruction = program[index] as Instruction;
        if (instruction.op === "one" && instruction.test(character)) enter(index + 1, at + 1);
      }
      if (states.length === 0) return false;
    }
    return states.some((index) => (program[index] as Instruction).op === "match");
  }
}

class PatternError extends Error {}

type Test = (character: string) => boolean;
type Assertion = "start" | "end" | "word boundary" | "no word boundary";

type Node =
  | { readonly is: "one"; readonly test: Test }
  | { readonly is: "assert"; readonly what: Assertion }
  | { readonly is: "sequence"; readonly nodes: readonly Node[] }
  | { readonly is: "choice"; readonly nodes: readonly Node[] }
  | { readonly is: "repeat"; readonly node: Node; readonly min: number; readonly max: number };

type Instruction =
  | { readonly op: "one"; readonly test: Test }
  | { readonly op: "assert"; readonly what: Assertion }
  | { readonly op: "split"; readonly first: number; readonly second: number }
  | { readonly op: "jump"; readonly to: number }
  | { readonly op: "match" };

/** As RE2 counts: `{n}` up to 1,000, and what they multiply to stays small. */
const REPEAT_MAX = 1_000;
const INSTRUCTIONS_MAX = 5_000;
const VISITS_MAX = 4 * INSTRUCTIONS_MAX;
const DEPTH_MAX = 200;
/** Characters whose membership in a class is remembered: a long class that is repeated often is asked often. */
const KNOWN_MAX = 256;

function holds(what: Assertion, characters: readonly string[], at: number): boolean {
  if (what === "start") return at === 0;
  if (what === "end") return at === characters.length;
  const isBoundary = isWord(characters[at - 1]) !== isWord(characters[at]);
  return isBoundary === (what === "word boundary");
}

function isWord(character: string | undefined): boolean {
  return character !== undefined && /^\w$/.test(character);
}

/** Turns the tree into steps. Counted repetition is written out, which the limit on steps bounds. */
class Compiler {
  readonly program: Instruction[] = [];
  /** Repetition of nothing adds no steps and must end all the same. */
  private visits = 0;

  constructor(node: Node) {
    this.emit(node);
    this.push({ op: "match" });
  }

  private push(instruction: Instruction): number {
    if (this.program.length >= INSTRUCTIONS_MAX) throw new PatternError("too large");
    return this.program.push(instruction) - 1;
  }

  private emit(node: Node): void {
    if (++this.visits > VISITS_MAX) throw new PatternError("too large");
    switch (node.is) {
      case "one":
        this.push({ op: "one", test: node.test });
        break;
      case "assert":
        this.push({ op: "assert", what: node.what });
        break;
      case "sequence":
        for (const part of node.nodes) this.emit(part);
        break;
      case "choice":
        this.emitChoice(node.nodes);
        break;
      case "repeat":
        this.emitRepeat(node.node, node.min, node.max);
    }
  }

  private emitChoice(nodes: readonly Node[]): void {
    const jumps: number[] = [];
    nodes.forEach((node, index) => {
      if (index === nodes.length - 1) return this.emit(node);
      const split = this.push({ op: "jump", to: 0 });
      this.emit(node);
      jumps.push(this.push({ op: "jump", to: 0 }));
      this.program[split] = { op: "split", first: split + 1, second: this.program.length };
    });
    for (const jump of jumps) this.program[jump] = { op: "jump", to: this.program.length };
  }

  private emitRepeat(node: Node, min: number, max: number): void {
    for (let i = 0; i < min; i++) this.emit(node);
    if (max === Infinity) {
      const split = this.push({ op: "jump", to: 0 });
      this.emit(node);
      this.push({ op: "jump", to: split });
      this.program[split] = { op: "split", first: split + 1, second: this.program.length };
      return;
    }
    const splits: number[] = [];
    for (let i = min; i < max; i++) {
      splits.push(this.push({ op: "jump", to: 0 }));
      this.emit(node);
    }
    for (const split of splits) this.program[split] = { op: "split", first: split + 1, second: this.program.length };
  }
}

const CLASS_ESCAPES = "dDwWsS";
const CONTROL_ESCAPES = new Map([
  ["n", "\n"],
  ["t", "\t"],
  ["r", "\r"],
  ["f", "\f"],
  ["v", "\v"],
  ["a", "\x07"],
]);
const POSIX_CLASSES = new Map([
  ["alnum", "[0-9A-Za-z]"],
  ["alpha", "[A-Za-z]"],
  ["ascii", "[\\x00-\\x7F]"],
  ["blank", "[\\t ]"],
  ["cntrl", "[\\x00-\\x1F\\x7F]"],
  ["digit", "[0-9]"],
  ["graph", "[!-~]"],
  ["lower", "[a-z]"],
  ["print", "[ -~]"],
  ["punct", "[!-/:-@\\[-`{-~]"],
  ["space", "[\\t\\n\\v\\f\\r ]"],
  ["upper", "[A-Z]"],
  ["word", "[0-9A-Za-z_]"],
  ["xdigit", "[0-9A-Fa-f]"],
]);

class Parser {
  private readonly characters: readonly string[];
  private at = 0;
  private depth = 0;
  private ignoreCase = false;
  private dotAll = false;

  constructor(source: string) {
    this.characters = [...source];
  }

  parse(): Node {
    const node = this.choice();
    if (this.at < this.characters.length) throw new PatternError("a ) without a (");
    return node;
  }

  private peek(offset = 0): string | undefined {
    return this.characters[this.at + offset];
  }

  private next(): string {
    const character = this.characters[this.at++];
    if (character === undefined) throw new PatternError("it ends too early");
    return character;
  }

  private take(text: string): boolean {
    const wanted = [...text];
    if (!wanted.every((character, index) => this.peek(index) === character)) return false;
    this.at += wanted.length;
    return true;
  }

  private choice(): Node {
    if (++this.depth > DEPTH_MAX) throw new PatternError("nested too deep");
    const nodes = [this.sequence()];
    while (this.take("|")) nodes.push(this.sequence());
    this.depth--;
    return nodes.length === 1 ? (nodes[0] as Node) : { is: "choice", nodes };
  }

  private sequence(): Node {
    const nodes: Node[] = [];
    for (let character = this.peek(); character !== undefined && character !== "|" && character !== ")";) {
      if (this.take("\\Q")) {
        while (this.at < this.characters.length && !this.take("\\E")) nodes.push(this.literal(this.next()));
      } else nodes.push(this.repeated(this.atom()));
      character = this.peek();
    }
    return { is: "sequence", nodes };
  }

  private repeated(node: Node): Node {
    const count = this.quantifier();
    if (count === undefined) return node;
    this.take("?"); // Lazy or not: whether the whole text matches does not depend on it.
    const again = this.peek();
    if (again === "*" || again === "+" || again === "?") throw new PatternError(`nothing to repeat before ${again}`);
    return { is: "repeat", node, ...count };
  }

  private quantifier(): { min: number; max: number } | undefined {
    if (this.take("*")) return { min: 0, max: Infinity };
    if (this.take("+")) return { min: 1, max: Infinity };
    if (this.take("?")) return { min: 0, max: 1 };
    const braces = /^\{(\d{1,9})(,?)(\d{0,9})\}/.exec(this.characters.slice(this.at, this.at + 22).join(""));
    if (braces === null) return undefined;
    const [all, from = "", comma, to = ""] = braces;
    if (comma === "" && to !== "") return undefined;
    const min = Number(from);
    const max = comma === "" ? min : to === "" ? Infinity : Number(to);
    if (min > max) throw new PatternError(`${all} counts backwards`);
    if (min > REPEAT_MAX || (max !== Infinity && max > REPEAT_MAX)) throw new PatternError(`${all} repeats too often`);
    this.at += all.length;
    return { min, max };
  }

  private atom(): Node {
    const character = this.next();
    switch (character) {
      case "(":
        return this.group();
      case "[":
        return this.one(this.characterClass());
      case ".": {
        const { dotAll } = this;
        return { is: "one", test: (candidate) => dotAll || candidate !== "\n" };
      }
      case "^":
        return { is: "assert", what: "start" };
      case "$":
        return { is: "assert", what: "end" };
      case "*":
      case "+":
      case "?":
        throw new PatternError(`nothing to repeat before ${character}`);
      case "\\":
        return this.escape();
      default:
        return this.literal(character);
    }
  }

  private group(): Node {
    const { ignoreCase, dotAll } = this;
    let flagsOnly = false;
    if (this.take("?")) {
      if (this.take("P<") || (this.peek() === "<" && this.peek(1) !== "=" && this.peek(1) !== "!" && this.take("<"))) {
        for (let name = this.next(); name !== ">"; name = this.next()) {
          if (!isWord(name)) throw new PatternError("a group's name has letters, digits and _ only");
        }
      } else flagsOnly = this.flags();
    }
    if (flagsOnly) return { is: "sequence", nodes: [] };
    const node = this.choice();
    if (!this.take(")")) throw new PatternError("a ( without a )");
    this.ignoreCase = ignoreCase;
    this.dotAll = dotAll;
    return node;
  }

  /** After `(?`. True where the group was only flags, which count up to the end of the group around it. */
  private flags(): boolean {
    let value = true;
    for (;;) {
      const flag = this.next();
      if (flag === "i") this.ignoreCase = value;
      else if (flag === "s") this.dotAll = value;
      else if (flag === "-" && value) value = false;
      else if (flag === ":") return false;
      else if (flag === ")") return true;
      else throw new PatternError(`(?${flag} is not known`);
    }
  }

  private escape(): Node {
    const character = this.next();
    if (character === "A") return { is: "assert", what: "start" };
    if (character === "z") return { is: "assert", what: "end" };
    if (character === "b") return { is: "assert", what: "word boundary" };
    if (character === "B") return { is: "assert", what: "no word boundary" };
    const test = this.classEscape(character);
    return test === undefined ? this.literal(this.characterEscape(character)) : this.one(test);
  }

  private classEscape(character: string): Test | undefined {
    if (CLASS_ESCAPES.includes(character)) return testOf(`\\${character}`);
    if (character !== "p" && character !== "P") return undefined;
    let name = this.next();
    if (name === "{") {
      name = "";
      for (let letter = this.next(); letter !== "}"; letter = this.next()) name += letter;
    }
    const negated = name.startsWith("^");
    if (negated) name = name.slice(1);
    if (!/^\w+$/.test(name)) throw new PatternError(`\\p{${name}} is not known`);
    const isPositive = (character === "p") !== negated;
    const test = unicodeTest(name) ?? unicodeTest(`Script=${name}`);
    if (test === undefined) throw new PatternError(`\\p{${name}} is not known`);
    return isPositive ? test : (candidate) => !test(candidate);
  }

  private characterEscape(character: string): string {
    const control = CONTROL_ESCAPES.get(character);
    if (control !== undefined) return control;
    if (character === "x") {
      let digits = "";
      if (this.take("{")) for (let digit = this.next(); digit !== "}"; digit = this.next()) digits += digit;
      else digits = this.next() + this.next();
      const code = /^[0-9A-Fa-f]{1,6}$/.test(digits) ? parseInt(digits, 16) : Infinity;
      if (code > 0x10ffff) throw new PatternError(`\\x${digits} is no character`);
      return String.fromCodePoint(code);
    }
    if (/^[0-9A-Za-z]$/.test(character)) throw new PatternError(`\\${character} is not known`);
    return character;
  }

  private characterClass(): Test {
    const negated = this.take("^");
    const tests: Test[] = [];
    for (let first = true; first || this.peek() !== "]"; first = false) {
      tests.push(this.posixClass() ?? this.range());
    }
    this.at++;
    const folded = this.ignoreCase ? tests.map(foldCase) : tests;
    const known = new Map<string, boolean>();
    return (candidate) => {
      let result = known.get(candidate);
      if (result === undefined) {
        result = folded.some((test) => test(candidate)) !== negated;
        if (known.size < KNOWN_MAX) known.set(candidate, result);
      }
      return result;
    };
  }

  private posixClass(): Test | undefined {
    const named = /^\[:(\^?)(\w+):\]/.exec(this.characters.slice(this.at, this.at + 16).join(""));
    if (named === null) return undefined;
    const [all, not, name = ""] = named;
    const source = POSIX_CLASSES.get(name);
    if (source === undefined) throw new PatternError(`[:${name}:] is not known`);
    this.at += all.length;
    const test = testOf(source);
    return not === "" ? test : (candidate) => !test(candidate);
  }

  private range(): Test {
    const from = this.classMember();
    if (typeof from !== "string") return from;
    if (this.peek() !== "-" || this.peek(1) === "]" || this.peek(1) === undefined)
      return (candidate) => candidate === from;
    this.at++;
    const to = this.classMember();
    if (typeof to !== "string") throw new PatternError("a range ends with a character");
    const low = from.codePointAt(0) as number;
    const high = to.codePointAt(0) as number;
    if (low > high) throw new PatternError(`the range ${from}-${to} is backwards`);
    return (candidate) => {
      const code = candidate.codePointAt(0) as number;
      return code >= low && code <= high;
    };
  }

  private classMember(): string | Test {
    const character = this.next();
    if (character !== "\\") return character;
    const escaped = this.next();
    return this.classEscape(escaped) ?? this.characterEscape(escaped);
  }

  private literal(character: string): Node {
    return this.one(this.ignoreCase ? foldCase((candidate) => candidate === character) : (c) => c === character);
  }

  private one(test: Test): Node {
    return { is: "one", test };
  }
}

function foldCase(test: Test): Test {
  return (candidate) => test(candidate) || test(candidate.toLowerCase()) || test(candidate.toUpperCase());
}

/** `source` names one character, so the engine has nothing to go back to. */
function testOf(source: string): Test {
  const expression = new RegExp(`^${source}$`, "u");
  return (candidate) => expression.test(candidate);
}

function unicodeTest(name: string): Test | undefined {
  try {
    return testOf(`\\p{${name}}`);
  } catch {
    return undefined;
  }
}
