/** Source text that grows line by line, indented by its blocks. */
export class Lines {
  private readonly lines: string[] = [];
  private depth = 0;

  add(...lines: string[]): void {
    for (const line of lines) this.lines.push(line === "" ? "" : "  ".repeat(this.depth) + line);
  }

  /** A function whose parameter `version` gets an underscore when the body does not look at it. */
  versionedFunction(head: string, body: () => void): void {
    const at = this.lines.length;
    this.block(head, body);
    const isUsed = this.lines.slice(at + 1).some((line) => /(?<![.\w])version\b(?!:)/.test(line));
    if (!isUsed) this.lines[at] = this.lines[at]!.replace("version: number", "_version: number");
  }

  block(head: string, body: () => void, tail = "}"): void {
    this.add(head);
    this.depth++;
    body();
    this.depth--;
    this.add(tail);
  }

  toString(): string {
    return this.lines.join("\n") + "\n";
  }
}
