import type { QuorumEndpoint } from "@moldau/client";
import type { Terminal } from "../../terminal";
import { parseProperties } from "../properties";
import { ToolError } from "../tool-error";

const ask = "Is this a valid controller configuration file?";

/**
 * The controller that a configuration file describes, as AddRaftVoter names it: node id, the directory's id from its
 * meta.properties, and the endpoints of `controller.listener.names`.
 */
export async function controllerOf(
  properties: ReadonlyMap<string, string>,
  terminal: Terminal,
): Promise<{ id: number; directoryId: string; endpoints: QuorumEndpoint[] }> {
  const nodeId = properties.get("node.id");
  if (nodeId === undefined) throw new ToolError(`node.id not found in configuration file. ${ask}`);
  if (!(Number(nodeId) >= 0)) throw new ToolError(`node.id was negative in configuration file. ${ask}`);
  if (!(properties.get("process.roles") ?? "").includes("controller")) {
    throw new ToolError(`process.roles did not contain 'controller' in configuration file. ${ask}`);
  }
  const directory = properties.get("metadata.log.dir") ?? properties.get("log.dirs")?.trim().split(",")[0];
  if (directory === undefined) throw new ToolError(`Neither metadata.log.dir nor log.dirs were found. ${ask}`);
  return {
    id: Number(nodeId),
    directoryId: await directoryIdOf(directory, terminal),
    endpoints: endpointsOf(properties),
  };
}

async function directoryIdOf(directory: string, terminal: Terminal): Promise<string> {
  let text: string;
  try {
    text = await terminal.readFile(`${directory}/meta.properties`);
  } catch {
    throw new ToolError(`Unable to read meta.properties from ${directory}`);
  }
  const id = parseProperties(text).get("directory.id");
  if (id === undefined) throw new ToolError(`No directory id found in ${directory}`);
  return id;
}

/** Advertised listeners go before the others. */
function endpointsOf(properties: ReadonlyMap<string, string>): QuorumEndpoint[] {
  const listeners = new Map<string, QuorumEndpoint>();
  for (const key of ["listeners", "advertised.listeners"]) {
    for (const text of (properties.get(key) ?? "").split(",").filter((each) => each.trim() !== "")) {
      const match = /^([^:]+):\/\/\[?([^\]]*?)\]?:(\d+)$/.exec(text.trim());
      if (match === null) throw new ToolError(`Unable to parse ${text} to a broker endpoint`);
      const [, name, host, port] = match;
      listeners.set(name!.toUpperCase(), { name: name!.toUpperCase(), host: host || "localhost", port: Number(port) });
    }
  }
  const names = properties.get("controller.listener.names");
  if (names === undefined) throw new ToolError(`controller.listener.names was not found. ${ask}`);
  return names.split(",").map((name) => {
    const found = listeners.get(name.trim().toUpperCase());
    if (found === undefined) {
      throw new ToolError(`Cannot find information about controller listener name: ${name.trim().toUpperCase()}`);
    }
    return found;
  });
}
