export const auditEn = {
  title: 'Audit trail',
  explained:
    'Every change that was asked for, every sign-in and every file that was taken away. Entries are kept for good; nobody can change or remove them here or over the API.',
  about: 'What, path',
  actor: 'Who',
  at: 'When',
  outcome: 'Outcome',
  done: 'done',
  refused: 'refused',
  what: 'What',
  request: 'Request',
  address: 'From',
  notSignedIn: 'before sign-in',
  none: 'Nothing like this was done',
  noneHint: 'Sign-ins, commands, changes and exports come up here as they happen. Fewer filters show more.',
};

export const openSessionsEn = {
  title: 'Signed in',
  explained:
    'Where you are signed in, and for administrators where everybody is. What is ended here is out within seconds.',
  who: 'Who',
  since: 'Since',
  lastUsed: 'Last used',
  current: 'this browser',
  end: 'End',
  endOf: 'End the sign-in of {{name}}',
  none: 'Nobody is signed in with a password',
  noneHint: 'Programs with API tokens do not show here.',
};
