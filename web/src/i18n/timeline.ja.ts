import type { Catalogue } from './en.ts';
import type { timelineEn } from './timeline.en.ts';

export const timelineJa: Catalogue<typeof timelineEn> = {
  label: 'タイムラインの拡大',
  closer: '拡大 (+)',
  away: '縮小 (−)',
  fit: '全体',
  fitHint: '期間全体を表示 (0)',
  power: 'ここまでの電力: 最大 {{most}}',
  energy: 'ここまでの電力量: {{most}}',
  earlier: 'このログより前に開始',
  edited: '{{at}} に変更',
  editNote: 'メモを変更',
  noteText: 'メモの本文',
};
