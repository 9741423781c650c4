/** Tokens are compared without regard to case. @see OCPP 1.6 §7.2 CiString, OCPP 2.0.1 part 2 §2.1 identifierString */
export const tokenKey = (idToken: string): string => idToken.toLowerCase();
