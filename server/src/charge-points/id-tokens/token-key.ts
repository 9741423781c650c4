/** Tokens are compared without regard to case. @see OCPP 1.6 §7.28, OCPP 2.0.1 part 2, IdTokenType */
export const tokenKey = (idToken: string): string => idToken.toLowerCase();
