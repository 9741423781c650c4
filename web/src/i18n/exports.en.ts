export const exportsEn = {
  title: 'Export messages',
  format: 'As',
  of: {
    jsonl: 'JSON Lines',
    csv: 'CSV',
    trace: 'Open OCPP Trace 1.1',
    case: 'Case bundle',
  },
  hint: {
    jsonl: 'What is filtered, a message a line. Can be imported again.',
    csv: 'What is filtered, for spreadsheets. Can be imported again.',
    trace: 'What is filtered, for other tools. Has no connects and disconnects.',
    case: 'A zip archive of {{name}} in the time that is looked at: messages, findings and a summary.',
  },
  chooseOne: 'For one charge point: filter by its name first.',
  redact: 'Replace id tokens, serial numbers and addresses by pseudonyms',
  replace: 'Replace by pseudonyms',
  replaced: {
    tokens: 'Id tokens and contracts',
    serials: 'Serial numbers, SIM cards, vehicles, certificates',
    addresses: 'IP addresses',
    names: 'The name of the charge point',
  },
  secrets: 'Passwords and keys never show.',
  progress: 'Progress of the export',
  status: {
    running: 'Downloading',
    done: 'Downloaded',
    cancelled: 'Stopped: what came is not whole',
    failed: 'Broke off: what came is not whole',
  },
};
