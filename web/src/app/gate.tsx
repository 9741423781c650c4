import type { ReactNode } from 'react';

/** The frame of the pages before the sign-in. */
export function Gate({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main style={{ minHeight: '100%', display: 'grid', placeItems: 'center', padding: 16 }}>
      <div
        className="panel stack"
        style={{ width: '100%', maxWidth: 380, padding: 24, boxShadow: 'var(--shadow)', gap: 16 }}
      >
        <div className="row">
          <img src="/favicon.svg" alt="" width="26" height="26" />
          <span className="sub b">CPO Console</span>
        </div>
        <h1>{title}</h1>
        {children}
      </div>
    </main>
  );
}
