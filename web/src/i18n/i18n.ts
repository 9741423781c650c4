import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { en } from './en.ts';

export const LANGUAGES = ['en', 'ja'] as const;
export type Language = (typeof LANGUAGES)[number];
const STORED_AS = 'cpo-console.language';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof en };
  }
}

export async function startI18n(language: Language = preferred()): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: 'en',
    fallbackLng: 'en',
    resources: { en: { translation: en } },
    // React escapes what it renders.
    interpolation: { escapeValue: false },
  });
  await show(language);
}

export async function setLanguage(language: Language): Promise<void> {
  try {
    localStorage.setItem(STORED_AS, language);
  } catch {
    // Storage is switched off: the choice holds for this visit.
  }
  await show(language);
}

/** English is in the first file; other languages come when chosen. */
async function show(language: Language): Promise<void> {
  if (language === 'ja' && !i18next.hasResourceBundle('ja', 'translation')) {
    const { ja } = await import('./ja.ts');
    i18next.addResourceBundle('ja', 'translation', ja);
  }
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

function preferred(): Language {
  try {
    const stored = localStorage.getItem(STORED_AS);
    const known = LANGUAGES.find((language) => language === stored);
    if (known) return known;
  } catch {
    // Storage is switched off: ask the browser.
  }
  return navigator.languages.some((language) => language.startsWith('ja')) && !navigator.language.startsWith('en')
    ? 'ja'
    : 'en';
}
