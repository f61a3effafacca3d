/** A few steps that lead straight to what a fault breaks. Throws (or rejects) where it is broken. */
export type Scenario = () => void | Promise<void>;

/** @throws Error that says what should have been. */
export function expect(condition: boolean, what: string): void {
  if (!condition) throw new Error(`expected: ${what}`);
}

/** Runs one scenario; a failed one is told and ends the process with status 1. */
export async function runOne(scenario: Scenario): Promise<void> {
  try {
    await scenario();
  } catch (error) {
    console.log(error instanceof Error ? error.message : String(error));
    process.exit(1);
  }
}
