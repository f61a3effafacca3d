import type { Invariant } from "@moldau/history";

/** Where a mutant is hunted: raft's own simulation, or the one of the whole cluster. */
export type Arena = "raft" | "cluster";

export interface Edit {
  /** Occurs exactly once in the file. */
  find: string;
  replace: string;
}

/** A planted fault: a small change of one source file that a careless change could make by mistake. */
export interface Mutant extends Edit {
  /** Kebab-case, unique. */
  name: string;
  arena: Arena;
  /** The cluster simulation's profile of faults that meets it soonest; absent: all of them. */
  profile?: string;
  /** From the repository's root. */
  file: string;
  /** More edits of the same file, where one alone changes nothing. */
  also?: readonly Edit[];
  /** Invariants that it breaks; which of them is noticed first depends on the seed. */
  breaks: readonly Invariant[];
  /** A scenario of direct/ that finds it: for what a simulation meets too rarely. */
  direct?: string;
  /** Why the original is as it is: what goes wrong without it. */
  why: string;
}

/** The source with the fault in it. @throws Error that names the mutant where an edit does not match exactly once. */
export function plant(mutant: Mutant, source: string): string {
  let text = source;
  for (const { find, replace } of [mutant, ...(mutant.also ?? [])]) {
    const count = text.split(find).length - 1;
    if (count !== 1) {
      throw new Error(
        `mutant ${mutant.name}: "find" matches ${count} times in ${mutant.file}, not once; bring it up to date: ${find}`,
      );
    }
    text = text.replace(find, () => replace);
  }
  return text;
}
