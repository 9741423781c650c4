import type { IssuedCertificate } from '../registry.ts';
import { CloudError } from './cloud-error.ts';
import type { IotControl } from './iot-control.ts';

/** The certificate of a charge point, and a policy that lets it speak for itself only. */
export interface ThingCertificates {
  issue(thing: { thingName: string; thingArn: string }): Promise<IssuedCertificate>;
  /** Takes away all that the thing identifies itself with; what others attached stays theirs. */
  revoke(thingName: string, principals?: readonly string[]): Promise<void>;
  principalsOf(thingName: string): Promise<string[]>;
  /** The policy, once no certificate has it. */
  removePolicy(thingName: string): Promise<void>;
}

const ABSENT = ['ResourceNotFoundException'];
const policyName = (thingName: string): string => `cpo-console-${thingName.replaceAll(':', '=')}`;

export function createThingCertificates({ sdk, ask }: IotControl): ThingCertificates {
  async function principalsOf(thingName: string): Promise<string[]> {
    const principals: string[] = [];
    let nextToken: string | undefined;
    do {
      const token = nextToken;
      const page = await ask(
        'iot:ListThingPrincipals',
        (iot) => iot.send(new sdk.ListThingPrincipalsCommand({ thingName, nextToken: token })),
        ABSENT,
      ).catch(ifAbsent({ principals: [], nextToken: undefined }));
      principals.push(...(page.principals ?? []));
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
    return principals;
  }

  async function makePolicy(thingName: string, thingArn: string): Promise<void> {
    const policy = { policyName: policyName(thingName), policyDocument: policyOf(thingName, thingArn) };
    await ask('iot:CreatePolicy', (iot) => iot.send(new sdk.CreatePolicyCommand(policy)), [
      'ResourceAlreadyExistsException',
    ]).catch((error: Error) => {
      if (error.name !== 'ResourceAlreadyExistsException') throw error;
    });
  }

  async function isOurs(target: string, thingName: string): Promise<boolean> {
    const { policies = [] } = await ask(
      'iot:ListAttachedPolicies',
      (iot) => iot.send(new sdk.ListAttachedPoliciesCommand({ target })),
      ABSENT,
    ).catch(ifAbsent({ policies: [] }));
    return policies.some((policy) => policy.policyName === policyName(thingName));
  }

  async function remove(principal: string, thingName: string): Promise<void> {
    const certificateId = principal.split('/').at(-1) ?? '';
    const policy = { policyName: policyName(thingName), target: principal };
    await ask('iot:DetachPolicy', (iot) => iot.send(new sdk.DetachPolicyCommand(policy)));
    await ask('iot:UpdateCertificate', (iot) =>
      iot.send(new sdk.UpdateCertificateCommand({ certificateId, newStatus: 'INACTIVE' })),
    );
    await ask('iot:DeleteCertificate', (iot) => iot.send(new sdk.DeleteCertificateCommand({ certificateId })));
  }

  return {
    principalsOf,
    async issue({ thingName, thingArn }) {
      await makePolicy(thingName, thingArn);
      const made = await ask('iot:CreateKeysAndCertificate', (iot) =>
        iot.send(new sdk.CreateKeysAndCertificateCommand({ setAsActive: true })),
      );
      const { certificateArn: principal = '', certificatePem = '', keyPair } = made;
      await ask('iot:AttachPolicy', (iot) =>
        iot.send(new sdk.AttachPolicyCommand({ policyName: policyName(thingName), target: principal })),
      );
      await ask('iot:AttachThingPrincipal', (iot) =>
        iot.send(new sdk.AttachThingPrincipalCommand({ thingName, principal })),
      );
      return { certificatePem, privateKeyPem: keyPair?.PrivateKey ?? '' };
    },
    async removePolicy(thingName) {
      await ask(
        'iot:DeletePolicy',
        (iot) => iot.send(new sdk.DeletePolicyCommand({ policyName: policyName(thingName) })),
        [...ABSENT, 'DeleteConflictException'],
      ).catch((error: Error) => {
        if (error instanceof CloudError) throw error;
      });
    },
    async revoke(thingName, principals) {
      for (const principal of principals ?? (await principalsOf(thingName))) {
        await ask('iot:DetachThingPrincipal', (iot) =>
          iot.send(new sdk.DetachThingPrincipalCommand({ thingName, principal })),
        );
        if (await isOurs(principal, thingName)) await remove(principal, thingName);
      }
    },
  };
}

export const ifAbsent =
  <T>(instead: T) =>
  (error: Error): T => {
    if (ABSENT.includes(error.name)) return instead;
    throw error;
  };

/** As its own client, on its own topics. */
function policyOf(thingName: string, thingArn: string): string {
  const account = thingArn.split(':').slice(0, 5).join(':');
  const on = (kind: string, path: string): string => `${account}:${kind}/${path}`;
  const allow = (Action: string, Resource: string) => ({ Effect: 'Allow', Action, Resource });
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      allow('iot:Connect', on('client', thingName)),
      allow('iot:Publish', on('topic', `${thingName}/in`)),
      allow('iot:Subscribe', on('topicfilter', `${thingName}/out`)),
      allow('iot:Receive', on('topic', `${thingName}/out`)),
    ],
  });
}
