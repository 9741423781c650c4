const STORED_AS = 'cpo-console.base-url';

/** How charge points reach this server: as last said here, else as this browser does. */
export function baseUrl(): string {
  try {
    return localStorage.getItem(STORED_AS) ?? location.origin;
  } catch {
    return location.origin;
  }
}

export function rememberBaseUrl(url: string): void {
  try {
    if (url === location.origin) localStorage.removeItem(STORED_AS);
    else localStorage.setItem(STORED_AS, url);
  } catch {
    // Storage is switched off: it holds for this once.
  }
}
