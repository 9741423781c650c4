import type { auditEn } from './audit.en.ts';

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
