import type { AuthType, SecurityProfile } from '@cpo-console/shared/api/things.ts';
import type { ClientCertificate } from './client-certificate.ts';

/** A registered charge point. The identity in the URL is the thing name. */
export interface RegisteredThing {
  thingName: string;
  attributes: Record<string, string>;
  tags: string[];
  authType: AuthType;
  /** Only of these may a recorded log be run again. */
  sandbox: boolean;
  createdAt: number;
  /** Since when a password is on its way to it that it may use or not; null when there is none. */
  passwordOfferedAt: number | null;
  /** The highest above 1 that it has come with; null: none. */
  securityProfile: SecurityProfile | null;
}

export type Admission =
  /** `credential` stands for what it showed: the same object until that is replaced, null without a password. */
  | { admitted: true; thing: RegisteredThing; credential: object | null }
  | {
      admitted: false;
      reason:
        | 'not-registered'
        | 'bad-credentials'
        | 'credentials-missing'
        | 'unauthenticated-not-allowed'
        | 'certificate-missing'
        | 'certificate-of-another'
        | Extract<ClientCertificate, { trusted: false }>['reason'];
    };

export interface ThingChanges {
  attributes?: Record<string, string>;
  tags?: string[];
  sandbox?: boolean;
  /** Where things are made elsewhere only: a password that there was stays. */
  authType?: AuthType;
}

export type NewThing = Omit<RegisteredThing, 'createdAt' | 'sandbox' | 'passwordOfferedAt' | 'securityProfile'> & {
  sandbox?: boolean;
};

/** For who identifies itself by TLS. */
export interface IssuedCertificate {
  certificatePem: string;
  privateKeyPem: string;
}

/** What is shown this once. */
export interface NewCredentials {
  password?: string;
  certificate?: IssuedCertificate;
}

/** The things that may connect. Mutations resolve when they are durable. */
export interface Registry {
  /** `password` is the raw bytes of the Basic header's password; null without a header. Answers from memory. */
  admit(
    thingName: string,
    basic: { userName: string; password: Buffer } | null,
    certificate?: ClientCertificate | null,
  ): Admission;
  get(thingName: string): RegisteredThing | null;
  /** Sorted by name. */
  list(): readonly RegisteredThing[];
  /** Whether it makes certificates: then `auth: certificate` may be asked for. */
  readonly issuesCertificates: boolean;
  /**
   * Whether a name that is not known here is known to whoever keeps the things elsewhere. What it finds is known here from
   * then on. `unavailable`: nobody can tell just now.
   */
  lookUp(thingName: string): Promise<'known' | 'unknown' | 'unavailable'>;
  /** One line for the health page when the things can't be kept up to date, else null. */
  trouble(): string | null;
  /** @returns the password, shown this once, when authType is `basic`; null when the name is taken */
  create(
    thing: NewThing,
  ): Promise<{ thing: RegisteredThing; password: string | null; certificate?: IssuedCertificate } | null>;
  update(thingName: string, changes: ThingChanges): Promise<RegisteredThing | null>;
  /** New credentials; the old ones stop working. null when unknown or when its authType has none. */
  renewCredentials(thingName: string): Promise<NewCredentials | null>;
  /**
   * What the charge point is about to be told to use. Whether it does is known when it says so or comes with it: until
   * then it may come with either, as its answer may be lost. false when unknown, not `basic`, or empty.
   */
  offerPassword(thingName: string, password: Buffer): Promise<boolean>;
  /** What the charge point uses from now on; the old one stops working. false when unknown, not `basic`, or empty. */
  adoptPassword(thingName: string, password: Buffer): Promise<boolean>;
  /** It does not use what it was offered; null: none of what it was offered. false when there was nothing of it. */
  withdrawPassword(thingName: string, password: Buffer | null): Promise<boolean>;
  /** It is connected with this one. From then on it counts as the highest, if none was higher. */
  reachProfile(thingName: string, profile: SecurityProfile): Promise<void>;
  /** It may come with a lower one again. false when there was nothing to forget. */
  forgetProfile(thingName: string): Promise<boolean>;
  remove(thingName: string): Promise<boolean>;
  onChange(listener: (change: { thingName: string; kind: 'created' | 'updated' | 'removed' }) => void): () => void;
}
