import type { passwordEn, tokensEn, usersEn } from './users.en.ts';

export const usersJa: typeof usersEn = {
  title: 'ユーザー',
  add: 'ユーザーを追加…',
  addTitle: 'ユーザーの追加',
  addSubmit: '追加',
  role: '役割',
  roleOf: '{{name}} の役割',
  since: '登録日',
  signedIn: '最終サインイン',
  you: 'あなた',
  invited: 'リンク発行済み',
  linkOver: 'リンク期限切れ',
  newLink: '新しいリンク…',
  newLinkFor: '新しいリンク… {{name}} 用',
  remove: '削除',
  removeOf: '{{name}} を削除',
  removeTitle: '{{name}} を削除しますか',
  removeEffect:
    '{{name}} は数秒以内にすべての場所でサインアウトされ、以後サインインできません。操作の記録は監査証跡に残ります。この人が作成した API トークンは有効なままです。必要なら併せて失効させてください。',
  link: '一回限りのリンク',
  linkFor: '{{name}} 用のリンク',
  linkExplained:
    '{{name}} に送ってください。そこでパスワードを設定します。{{until}} まで一回だけ使え、再表示はできません。それまでは以前のパスワードが有効です。',
  kept: '控えました',
  none: 'パスワードでサインインするユーザーはいません',
  noneHint: 'サーバー起動時に表示される一回限りのリンクで最初の管理者を作成します。',
  may: {
    viewer: '充電器とセッションを閲覧できます。',
    support:
      '加えて、メッセージの閲覧・エクスポート・リプレイ、トリガー、ログ取得、ロック解除、セッション停止ができます。',
    operator: '加えて、セッション開始、リセット、設定、ファームウェア更新、登録、認証トークンの管理ができます。',
    admin: '加えて、充電器の削除、ユーザー・API トークン・保存期間の管理、監査証跡の閲覧ができます。',
  },
};

export const tokensJa: typeof tokensEn = {
  title: 'API トークン',
  add: 'トークンを作成…',
  addTitle: 'API トークンの作成',
  addSubmit: '作成',
  name: '用途',
  made: '作成',
  expires: '有効期限',
  never: '無期限',
  inDays_one: '{{count}} 日後',
  inDays_other: '{{count}} 日後',
  over: '期限切れ',
  token: 'API トークン',
  created: '{{name}} のトークン',
  createdHint: '各リクエストのヘッダー「Authorization: Bearer …」に入れます。再表示はできません。',
  revoke: '失効',
  revokeOf: '{{name}} のトークンを失効',
  revokeTitle: '{{name}} のトークンを失効させますか',
  revokeEffect:
    '以後のリクエストはすぐに拒否されます。元には戻せません。引き続き必要なプログラムには新しいトークンを作成してください。',
  none: 'トークンはまだありません',
  noneHint: 'API を使うプログラムごとに、役割と有効期限を持つトークンを作成します。',
};

export const passwordJa: typeof passwordEn = {
  choose: 'パスワードの設定',
  chooseIntro: 'リンクは一回だけ使えます。設定後はサインインした状態になります。',
  chooseSubmit: '設定してサインイン',
  noToken: 'このページには管理者から送られたリンクが必要です。',
  change: 'パスワードを変更…',
  changeTitle: 'パスワードの変更',
  current: '現在のパスワード',
  new: '新しいパスワード',
  changeHint: '他の場所ではサインアウトされます。',
  changed: 'パスワードを変更しました。他の場所ではサインアウトされました。',
};
