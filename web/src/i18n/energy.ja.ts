import type { availabilityEn, placeEn, reservationEn } from './energy.en.ts';

export const placeJa: typeof placeEn = {
  title: 'EVSE / コネクタ',
  evse: 'EVSE',
  connector: 'コネクタ',
  station: '充電器全体',
  away: '現在接続されていないため、指示を送れません。',
};

export const availabilityJa: typeof availabilityEn = {
  out: '運用停止…',
  in: '運用再開',
  outTitle: '{{name}} の {{place}} を運用停止にしますか？',
  outConfirm: '運用停止にする',
  outEffect: '再開するまで誰も充電できません。実行中のセッションは終了まで続きます。',
  scheduledInoperative: 'セッション終了後に運用停止',
  scheduledOperative: '可能になり次第、運用再開',
  doneInoperative: '運用停止を指示済み',
};

export const reservationJa: typeof reservationEn = {
  title: '予約',
  new: '新しい予約',
  id: '番号',
  until: '期限',
  requested: '依頼',
  reserve: '予約する',
  anyPlace: '任意',
  cancel: '取消…',
  cancelTitle: '{{name}} の予約 {{id}} を取り消しますか？',
  cancelEffect: 'コネクタは再び誰でも使えるようになります。{{token}} の予約はなくなります。',
  cancelConfirm: '予約を取り消す',
  none: 'まだ予約がありません',
  noneOpen: '有効な予約はありません',
  noneHint:
    '予約は、期限まで 1 つの ID トークンのためにコネクタを確保します。上で両方を選んでください。充電器の応答もそこに表示されます。',
  noneFleetHint:
    '予約は充電器のページ、または API の ReserveNow で作成します。その後の経過とともにここに表示されます。',
  onlyOpen: '有効なもののみ',
  state: {
    requested: '依頼中',
    unanswered: '応答なし',
    refused: '拒否',
    accepted: '予約済み',
    used: '使用済み',
    cancelled: '取消済み',
    expired: '期限切れ',
    removed: '削除',
    replaced: '置換済み',
  },
};
