const SECRET = /password|authorizationkey|privatekey|secret|vpnkey/i;

/** Whether a configuration key or variable of this name holds what nobody may read back. */
export const isSecretName = (name: string): boolean => SECRET.test(name);
