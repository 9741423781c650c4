export const bootJa = {
  menu: '起動時の扱い…',
  decide: '判断…',
  title: '{{name}} の起動時',
  legend: 'BootNotification への応答',
  decision: { fleet: '全体に従う', Accepted: '受け入れ', Pending: '保留', Rejected: '拒否' },
  meaning: {
    fleet: '個別の判断がない充電器すべてに設定されているもの。',
    Accepted: '受け入れます。',
    Pending: '保留します。読み取りと設定はできますが、次の試行以外は自分から送信しません。',
    Rejected: '拒否し、後で再試行させます。',
  },
  retry: '次の試行までの秒数',
  retryHint: '0 の場合は充電器に任せます。',
  trigger: '今すぐ再度 BootNotification を送らせ、直ちに反映する',
  held: { Pending: '起動保留', Rejected: '起動拒否' },
};

export const resetJa = {
  type: 'リセットの種類',
  scheduled: '待機時にリセット',
  accepted: 'リセット中({{type}})',
  unanswered: 'リセットに応答なし({{type}})',
  meaning: {
    Soft: 'セッションを正しく終了してから再起動します。',
    Hard: '直ちに再起動します。',
    OnIdle: '進行中のセッションがなくなるまで待ちます。',
    Immediate: 'セッションを終了し、直ちに再起動します。',
    ImmediateAndResume: '直ちに再起動し、その後セッションを続けます。',
  },
};
