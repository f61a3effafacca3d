import { splitList } from "./definition";

/** The listener by which the other roles reach a node; it is not for clients and has no security protocol. */
const INTERNAL = "RPC";

/** What is wrong with a value of `listeners` or `advertised.listeners` beside a protocol map; each value of the right form. */
export function listenerProblems(listeners: string, protocolMap: string): string[] {
  const protocols = new Map(
    splitList(protocolMap).map((item) => {
      const [name, protocol] = item.split(":");
      return [name!.toUpperCase(), protocol!.toUpperCase()] as const;
    }),
  );
  const problems: string[] = [];
  const seen = new Set<string>();
  for (const item of splitList(listeners)) {
    const name = item.slice(0, item.indexOf(":")).toUpperCase();
    if (seen.has(name)) problems.push(`listener ${name} is given twice; each name may appear once`);
    seen.add(name);
    if (name === INTERNAL) continue;
    const protocol = protocols.get(name);
    if (protocol === undefined) {
      const remedy = `add ${name}:PLAINTEXT to listener.security.protocol.map`;
      problems.push(`No security protocol defined for listener ${name}; ${remedy}`);
    } else if (protocol !== "PLAINTEXT") {
      problems.push(`listener ${name} needs ${protocol}, which is not supported yet`);
    }
  }
  return problems;
}

/** Listeners that would be opened twice at one port; those with port 0 get ports of their own. */
export function samePorts(listeners: string): string | undefined {
  const ports = splitList(listeners).map((item) => item.slice(item.lastIndexOf(":") + 1));
  const twice = ports.find((port, i) => port !== "0" && ports.indexOf(port) !== i);
  return twice === undefined ? undefined : `two listeners have port ${twice}; each needs one of its own`;
}

/** Whether clients can come in by any of these listeners. */
export function hasDoor(listeners: string): boolean {
  return splitList(listeners).some((item) => item.slice(0, item.indexOf(":")).toUpperCase() !== INTERNAL);
}
