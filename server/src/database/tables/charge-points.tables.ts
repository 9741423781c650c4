// biome-ignore lint/suspicious/noEmptyInterface: its tables come with the stores of charge-points/
export interface ChargePointsTables {}
