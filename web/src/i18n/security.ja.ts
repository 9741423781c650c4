export const securityJa = {
  conflicts: 'ID の競合',
  conflictsHint:
    '最初の接続が生きている間に、同じ ID と認証情報で二つ目の接続がありました。充電器が古い接続を閉じていないか、別の機器が同じ名前を使っています。10 分間に 3 回までは新しい接続を受け入れ、その後は拒否します。',
  conflictFrom: '元の接続 → 新しい接続',
  credentials: '認証情報',
  auth: { none: 'なし', basic: 'パスワード', certificate: 'クライアント証明書' },
  authHint: {
    none: 'このサーバーに届く誰もが {{name}} として接続できます。信頼できるネットワーク専用です。',
    basic: '{{name}} は名前とパスワードで認証します。パスワードは読み出せない形で保存しています。',
    certificate: '{{name}} はクライアント証明書で認証します。',
  },
  renew: '新しいパスワード…',
  renewTitle: '{{name}} のパスワードを作り直しますか',
  renewConfirm: '新しいパスワードを作成',
  renewEffect:
    '古いパスワードは直ちに無効になります。{{name}} の接続は続きますが、次からは新しいパスワードが必要です。充電器にも設定してください。',
  newPassword: '新しいパスワード:',
  once: '表示は今回だけです。',
  events: 'セキュリティイベント',
  frames: 'フレームを見る',
  none: 'セキュリティイベントの報告はありません',
  noneHint: '充電器が自らのセキュリティについて報告した内容 (不正開封、証明書の不備、ログイン失敗など) を表示します。',
  severity: { label: '重大度', critical: '重大', warning: '警告', info: '通常' },
  event: 'イベント',
  info: '詳細',
  at: '発生 (充電器の時計)',
  received: '受信',
};
