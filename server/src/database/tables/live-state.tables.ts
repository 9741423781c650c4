// biome-ignore lint/suspicious/noEmptyInterface: its tables come with the live states
export interface LiveStateTables {}
