// Runs before the first paint, so that a dark console does not flash white. A file, not inline: the page's CSP allows no inline script.
(() => {
  let choice = 'auto';
  try {
    choice = localStorage.getItem('cpo-console.theme') || 'auto';
  } catch {
    // Storage is switched off: follow the system.
  }
  const dark = choice === 'dark' || (choice !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
})();
