import type { Catalogue } from './en.ts';
import type { exportsEn } from './exports.en.ts';

export const exportsJa: Catalogue<typeof exportsEn> = {
  title: 'メッセージを書き出す',
  format: '形式',
  of: {
    jsonl: 'JSON Lines',
    csv: 'CSV',
    trace: 'Open OCPP Trace 1.1',
    case: '案件の一式',
  },
  hint: {
    jsonl: '絞り込んだものを1行1メッセージで。再び取り込めます。',
    csv: '絞り込んだものを表計算用に。再び取り込めます。',
    trace: '絞り込んだものを他のツール用に。接続と切断は含まれません。',
    case: '表示中の時間の{{name}}をzipで。メッセージ、所見、概要。',
  },
  chooseOne: '1台の充電器が対象です。先に名前で絞り込んでください。',
  redact: 'IDトークン、シリアル番号、アドレスを仮名に置き換える',
  replace: '仮名に置き換えるもの',
  replaced: {
    tokens: 'IDトークンと契約',
    serials: 'シリアル番号、SIM、車両、証明書',
    addresses: 'IPアドレス',
    names: '充電器の名前',
  },
  secrets: 'パスワードと鍵は決して表示されません。',
  progress: '書き出しの進み具合',
  notBegun: 'ダウンロードが始まりません。ブラウザーでこのページのダウンロードを許可して、もう一度お試しください。',
  status: {
    preparing: '準備中',
    running: 'ダウンロード中',
    done: 'ダウンロードしました',
    cancelled: '中止しました。届いた分は不完全です',
    failed: '途切れました。届いた分は不完全です',
  },
};
