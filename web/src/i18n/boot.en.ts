export const bootEn = {
  menu: 'When it boots…',
  decide: 'Decide…',
  title: 'When {{name}} boots',
  legend: 'Its BootNotification is answered with',
  decision: { fleet: 'As the fleet', Accepted: 'Accepted', Pending: 'Pending', Rejected: 'Rejected' },
  meaning: {
    fleet: 'What is set for all charge points without a decision of their own.',
    Accepted: 'It is let in.',
    Pending: 'It is held: it can be read and configured, and says nothing by itself but its next try.',
    Rejected: 'It is turned away and tries again later.',
  },
  retry: 'Seconds until its next try',
  retryHint: '0 leaves it to the charge point.',
  trigger: 'Ask it to boot again now, so that this holds at once',
  held: { Pending: 'Boot pending', Rejected: 'Boot rejected' },
};

export const resetEn = {
  type: 'Kind of reset',
  scheduled: 'Resets when idle',
  accepted: 'Resetting ({{type}})',
  unanswered: 'Reset not answered ({{type}})',
  meaning: {
    Soft: 'Ends sessions properly, then restarts.',
    Hard: 'Restarts at once.',
    OnIdle: 'Waits until no session is running.',
    Immediate: 'Ends sessions and restarts at once.',
    ImmediateAndResume: 'Restarts at once and goes on with sessions afterwards.',
  },
};
