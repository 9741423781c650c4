import type { auditEn, openSessionsEn } from './audit.en.ts';

export const auditJa: Record<keyof typeof auditEn, string> = {
  title: '監査証跡',
  explained:
    '依頼されたすべての変更、サインイン、ファイルの取り出しの記録です。記録は無期限に保存され、この画面でも API でも変更や削除はできません。',
  about: '内容・パス',
  actor: '実行者',
  at: '日時',
  outcome: '結果',
  done: '実行',
  refused: '拒否',
  what: '内容',
  request: 'リクエスト',
  address: '接続元',
  notSignedIn: 'サインイン前',
  none: '該当する記録はありません',
  noneHint: 'サインイン、コマンド、変更、エクスポートが行われるとここに表示されます。条件を減らすと多く表示されます。',
};

export const openSessionsJa: Record<keyof typeof openSessionsEn, string> = {
  title: 'サインイン中',
  explained: 'ご自身のサインインの一覧です。管理者には全員分が表示されます。終了すると数秒以内に無効になります。',
  who: 'ユーザー',
  since: '開始',
  lastUsed: '最終使用',
  current: 'このブラウザー',
  end: '終了',
  endOf: '{{name}} のサインインを終了',
  none: 'パスワードでサインインしている人はいません',
  noneHint: 'API トークンを使うプログラムは表示されません。',
};
