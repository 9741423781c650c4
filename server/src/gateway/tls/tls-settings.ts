/** The listener for charge points that come over TLS. */
export interface TlsSettings {
  port: number;
  /** One certificate of RSA, one of ECDSA, or both; each with its private key. */
  certificates: readonly { certFile: string; keyFile: string }[];
  /** Who signs the certificates of charge points; null when they are asked for none. */
  clientCaFile: string | null;
  /** Which of them hold no longer. */
  clientCrlFile: string | null;
  /** Whom they must have been made out to; null: anybody. */
  clientOrganization: string | null;
}
