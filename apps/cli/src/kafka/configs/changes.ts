import { parseProperties } from "../properties";
import type { ToolRun } from "../tool";
import { ToolError } from "../tool-error";

/** A comma, or an equals sign, that stands in no square brackets. */
const outsideBrackets = "(?=[^\\]]*(?:\\[|$))";

/** `k1=v1,k2=[v2,v3]`: brackets hold values with commas, and are taken off. */
export function parseAddConfig(text: string): Map<string, string> {
  const pairs = text
    .split(new RegExp(`,${outsideBrackets}`))
    .map((pair) => pair.split(new RegExp(`\\s*=\\s*${outsideBrackets}`)));
  if (pairs.some((pair) => pair.length !== 2)) {
    throw new ToolError(
      'requirement failed: Invalid entity config: all configs to be added must be in the format "key=val" or  ' +
        '"key=[val1,val2]" to group values which contain commas.',
    );
  }
  return new Map(pairs.map(([key, value]) => [key!.trim(), value!.replace(/[[\]]/g, "").trim()]));
}

export interface Changes {
  add: Map<string, string>;
  remove: string[];
}

/** What --add-config, --add-config-file and --delete-config say. */
export async function changesOf({ options, terminal }: ToolRun): Promise<Changes> {
  const add = new Map<string, string>();
  const file = options.value("add-config-file");
  if (file !== undefined) {
    for (const [key, value] of parseProperties(await terminal.readFile(file))) add.set(key, value);
  }
  const text = options.value("add-config");
  if (text !== undefined) for (const [key, value] of parseAddConfig(text)) add.set(key, value);
  const bad = [...add.keys()].find((key) => !/^[a-zA-Z0-9._-]*$/.test(key));
  if (bad !== undefined) throw new ToolError(`Invalid character found for config key: ${bad}`);
  const remove = options.values("delete-config").flatMap((keys) => keys.split(",").map((key) => key.trim()));
  return { add, remove };
}
