export const timelineEn = {
  label: 'Zoom of the timeline',
  closer: 'Closer (+)',
  away: 'Further away (−)',
  fit: 'Fit',
  fitHint: 'Show all of the time (0)',
  power: 'Power so far: at most {{most}}',
  energy: 'Energy so far: {{most}}',
  earlier: 'began before this log',
  edited: 'changed {{at}}',
  editNote: 'Change the note',
  noteText: 'Text of the note',
};
