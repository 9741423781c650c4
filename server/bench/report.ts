/** One line: what was measured, its ratio or difference, what it should be, and what it was reckoned from. */
export type Report = (what: string, ratio: number, goal: string, detail: string) => void;

export const report: Report = (what, ratio, goal, detail) => {
  console.log(`${what.padEnd(44)} ${ratio.toFixed(2).padStart(7)}   goal ${goal.padEnd(16)} ${detail}`);
};
