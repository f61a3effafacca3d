/** A few steps that lead straight to what a fault breaks. Throws where it is broken. */
export type Scenario = () => void;

/** @throws Error that says what should have been. */
export function expect(condition: boolean, what: string): void {
  if (!condition) throw new Error(`expected: ${what}`);
}
