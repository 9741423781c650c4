import { type Asked, type ReasonWords, reasonInWords } from '../mqtt/reasons.ts';

const NOT_AUTHORISED = 0x87;

/** What AWS IoT's answers mean, with the action that an IAM or IoT policy lacks. */
export const iamWords: ReasonWords = (reasonCode, asked) =>
  reasonCode === NOT_AUTHORISED ? `not authorised: ${missing(asked)}` : reasonInWords(reasonCode);

function missing(asked: Asked): string {
  switch (asked.kind) {
    case 'connect':
      return 'the policy must allow iot:Connect for this client id';
    case 'stay':
      return 'the policy must allow what was asked for last: iot:Publish, iot:Subscribe or iot:Receive';
    case 'publish':
      return `the policy must allow iot:Publish on topic/${asked.topic}`;
    case 'subscribe': {
      const plain = asked.topic.replace(/^\$share\/[^/]+\//, '');
      return `the policy must allow iot:Subscribe on topicfilter/${asked.topic} and iot:Receive on topic/${plain.replaceAll('+', '*')}`;
    }
  }
}
