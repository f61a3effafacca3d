// What a tool printed, without what two clusters or two runs may differ in.

const uuid = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g;
const isoTime = /\b\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(?:[:.,]\d{1,9})?(?:Z|[+-]\d{2}:?\d{2})?/g;
const epochMs = /\b1[6-9]\d{11}\b/g;
/** A topic's, cluster's or directory's id, where a tool says that it is one. */
const shortId =
  /((?:TopicId|Cluster ID|ClusterId|[Dd]irectoryId|"id"|Topic ID)"?[:=]? *"?)[A-Za-z0-9_-]{22}(?![A-Za-z0-9_-])/g;

/** A member's id of a group of the new kind stands alone in its column. */
const memberId = /( )[A-Za-z0-9_-]{22}( +\/)/g;
/** Java's sets have an order of their own in each process. */
const javaSet = /(Valid (?:states|types) are: )([\w, ]+)/g;
/** Java's admin client says one or the other of a call that it tried until its time was over, as it was on its way or waited just then. */
const gaveUp = /Timed out waiting for a node assignment\. Call: (\w+\(api=METADATA\))/g;
const gaveUpOnTheWay =
  "Call(callName=$1, deadlineMs=<ms>, tries=<n>, nextAllowedTryMs=<ms>) timed out at <ms> after <n> attempt(s)";

/**
 * `step.mask`: pairs of a regular expression and what stands for it, tried line by line over the whole text; `step.sort`: the order of
 * lines means nothing. Columns are as wide as their widest cell, ids and hosts among them, so runs of blanks count as one.
 */
export function normalise(text, step, { bootstrap, dir }) {
  let out = text
    .replaceAll(bootstrap, "<address>")
    .replaceAll(dir, "<dir>")
    .replace(/\r/g, "")
    .replace(/127\.0\.0\.1:\d+/g, "<address>")
    .replace(/127\.0\.0\.1( +)(\d{4,5})\b/g, "<host>$1<port>")
    .replace(/(?:localhost|127\.0\.0\.1)(?!\d)/g, "<host>")
    .replace(/"logDir":"[^"]*"/g, '"logDir":"<dir>"')
    .replace(shortId, "$1<id>")
    .replace(uuid, "<uuid>")
    .replace(/\bconsole-consumer-\d+\b/g, "console-consumer-<n>")
    .replace(memberId, "$1<member>$2")
    .replace(isoTime, "<time>")
    .replace(epochMs, "<ms>")
    .replace(javaSet, (_, what, list) => what + list.split(", ").sort().join(", "))
    .replace(gaveUp, gaveUpOnTheWay)
    .replace(/ {2,}/g, " ")
    .replace(/[ \t]+$/gm, "");
  for (const [pattern, replacement] of step.mask ?? []) {
    const inline = /^\(\?([a-z]+)\)/.exec(pattern);
    const source = inline ? pattern.slice(inline[0].length) : pattern;
    out = out.replace(
      new RegExp(source, `g${[...new Set(`m${inline?.[1] ?? ""}`)].join("")}`),
      replacement.replaceAll("\\t", "\t"),
    );
  }
  let lines = out.split("\n");
  // A stack trace says where in the tool, not what the cluster answered.
  lines = lines.filter((line) => !/^\s*(?:at [\w.$/<>@]+\(|\.\.\. \d+ (?:more|common frames))/.test(line));
  if (step.sort) lines = lines.filter((line) => line !== "").sort();
  return lines.join("\n").trim();
}
