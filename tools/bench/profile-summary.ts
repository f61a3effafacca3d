interface Profile {
  nodes: { id: number; callFrame: { functionName: string; url: string; lineNumber: number } }[];
  samples: number[];
  timeDeltas: number[];
}

/** The functions that took most of a CPU profile's time themselves, as lines: share of the busy time, function, file. */
export function topOfProfile(text: string, countMax: number): string[] {
  const profile = JSON.parse(text) as Profile;
  const nameOf = new Map(
    profile.nodes.map(({ id, callFrame: { functionName, url, lineNumber } }) => [
      id,
      `${functionName || "(anonymous)"}${url === "" ? "" : ` ${url.split("/").slice(-1)[0]}:${lineNumber + 1}`}`,
    ]),
  );
  const selfUs = new Map<string, number>();
  let busyUs = 0;
  for (const [i, sample] of profile.samples.entries()) {
    const name = nameOf.get(sample)!;
    const tookUs = profile.timeDeltas[i]!;
    if (name === "(idle)") continue;
    busyUs += tookUs;
    selfUs.set(name, (selfUs.get(name) ?? 0) + tookUs);
  }
  return [...selfUs]
    .sort((a, b) => b[1] - a[1])
    .slice(0, countMax)
    .map(([name, us]) => `${((100 * us) / busyUs).toFixed(1).padStart(5)} %  ${name}`);
}
