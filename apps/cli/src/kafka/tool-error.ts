/** The command line is wrong; shown with a word on where help is. Exit status 1, as Kafka's tools have it. */
export class ToolUsageError extends Error {
  override readonly name = "ToolUsageError";
}

/** The same where Kafka's tool tells nothing but the text, and other errors with a word before them. */
export class TerseError extends Error {
  override readonly name = "TerseError";
}

/** The tool could not do what it was asked for: one line on standard error, exit status 1. */
export class ToolError extends Error {
  override readonly name = "ToolError";
}
