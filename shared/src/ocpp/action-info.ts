/** What people and route tables need to know about an action. */
export interface ActionInfo {
  /** Who may call it. */
  from: 'charge-point' | 'csms' | 'both';
  /** Feature profile (1.6) or functional block (2.x). */
  block: string;
  /** One line for people. */
  summary: string;
  /** OCPP 2.1: a SEND, which is never answered. */
  send?: true;
}

export type ActionTable = Record<string, ActionInfo>;
type Summaries = Record<string, string>;

/** The actions of one block. */
export function block(name: string, by: { chargePoint?: Summaries; csms?: Summaries; both?: Summaries }): ActionTable {
  const table: ActionTable = {};
  for (const [action, summary] of Object.entries(by.chargePoint ?? {})) {
    table[action] = { from: 'charge-point', block: name, summary };
  }
  for (const [action, summary] of Object.entries(by.csms ?? {})) table[action] = { from: 'csms', block: name, summary };
  for (const [action, summary] of Object.entries(by.both ?? {})) table[action] = { from: 'both', block: name, summary };
  return table;
}
