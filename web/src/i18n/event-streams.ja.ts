export const eventStreamsJa = {
  title: '値のストリーム',
  monitor: 'モニター',
  every: '間隔',
  seconds: '{{seconds}} 秒',
  value: '最新の値',
  at: '時刻 (充電器の時計)',
  received: '件数',
  open: '開いている',
  closed: '閉じた',
};
