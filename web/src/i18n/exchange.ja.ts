import type { Catalogue } from './en.ts';
import type { exchangeEn, violationEn } from './exchange.en.ts';

export const exchangeJa: Catalogue<typeof exchangeEn> = {
  tree: '内容',
  session: 'セッション',
  command: 'コマンド',
  again: '再送信',
  neighbours: '前後の出来事',
  before: '直前',
  after: '直後',
  value: '実際の値',
  length_one: '{{count}} 文字',
  length_other: '{{count}} 文字',
  rule: '規則 {{rule}}、{{code}}',
  did: {
    accepted: '対応：そのまま受け付け、印を付けました。',
    refused: '対応：{{code}} で拒否しました。',
    unanswered: '対応：応答はまだ送っていません。',
    dropped: '対応：応答できるメッセージ ID がないため破棄しました。',
    heard: '対応：記録しました。この種のメッセージには応答しません。',
    tookAnswer: '対応：応答をそのまま採用し、印を付けました。',
  },
};

export const violationJa: Catalogue<typeof violationEn> = {
  missing: '{{what}} がありません。',
  extra: '{{what}} はこのメッセージの項目ではありません。',
  unnamedExtra: 'このメッセージにない項目があります。',
  type: '{{what}} 型でなければなりません。',
  oneOf: '次のいずれかでなければなりません：{{what}}',
  maxLength: '{{what}} 文字以内でなければなりません。',
  minLength: '{{what}} 文字以上でなければなりません。',
  maxItems: '{{what}} 件以内でなければなりません。',
  minItems: '{{what}} 件以上でなければなりません。',
  minimum: '{{what}} 以上でなければなりません。',
  maximum: '{{what}} 以下でなければなりません。',
  multipleOf: '{{what}} の倍数でなければなりません。',
  dateTime: 'タイムゾーン付きの日時でなければなりません（例：{{what}}）。',
  format: '有効な {{what}} でなければなりません。',
  other: '規則 {{what}} に反しています。',
};
