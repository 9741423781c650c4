/** The security tab of a charge point. */
export const securityEn = {
  conflicts: 'Identity conflicts',
  conflictsHint:
    'A second connection showed the same identity and credential while the first was alive. Either the charge point forgets its old connection, or another one uses its name. Up to three in ten minutes are let in; then the newer one is refused.',
  conflictFrom: 'first one → second one',
  credentials: 'Credentials',
  auth: { none: 'None', basic: 'Password', certificate: 'Client certificate' },
  authHint: {
    none: 'Anybody who reaches this server can connect as {{name}}. Only for networks that are trusted.',
    basic: '{{name}} signs in with its name and a password, which is stored so that nobody can read it back.',
    certificate: '{{name}} signs in with a client certificate.',
  },
  renew: 'New password…',
  renewTitle: 'New password for {{name}}?',
  renewConfirm: 'Make a new password',
  renewEffect:
    'The old password stops working at once. {{name}} stays connected, and can only come back with the new one: set it there as well.',
  profile: '{{name}} has come with security profile {{profile}} and is refused with a lower one.',
  forgetProfile: 'Allow a lower one…',
  forgetProfileTitle: 'Let {{name}} come without TLS again?',
  forgetProfileConfirm: 'Allow a lower one',
  forgetProfileEffect:
    'Its password then crosses the network readable for everybody on the way. Only for networks that are trusted.',
  offeredAt: 'New password sent',
  offered: '{{name}} has not come with it yet: until it does, it gets in with the old one as well.',
  withdraw: 'Take the new one back…',
  withdrawTitle: 'Let {{name}} in with the old password only?',
  withdrawConfirm: 'Take it back',
  withdrawEffect:
    'The new password stops working. If {{name}} uses it by now, it can’t come back before it gets another one on site.',
  newPassword: 'New password:',
  once: 'It shows this once.',
  events: 'Security events',
  frames: 'Their frames',
  none: 'No security event was reported',
  noneHint:
    'What the charge point reports about its own security stands here: tampering, wrong certificates, failed logins.',
  severity: { label: 'Severity', critical: 'Critical', warning: 'Warning', info: 'Routine' },
  event: 'Event',
  info: 'Details',
  at: 'At (its own clock)',
  received: 'Received',
} as const;
