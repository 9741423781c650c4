import { useEffect, useRef } from 'react';

interface ReplayKeys {
  toggle: () => void;
  step: (step: 1 | -1) => void;
  stepExchange: (step: 1 | -1) => void;
  jump: (step: 1 | -1) => void;
  toEnd: (step: 1 | -1) => void;
  zoom: (step: 1 | -1) => void;
  pan: (step: 1 | -1) => void;
  fit: () => void;
}

/**
 * Space plays, arrows step (with Shift by exchanges), Home and End go to the ends, `n` and `N` go to what is wrong;
 * `+`, `-` and `0` zoom the timeline, `,` and `.` move it.
 */
export function useReplayKeys(actions: ReplayKeys): void {
  const latest = useRef(actions);
  latest.current = actions;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement | null;
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (target?.closest('input:not([type=range]), textarea, select, [role="dialog"], [role="menu"]')) return;
      if (event.key === ' ' && target?.closest('button, a')) return;
      if (!act(latest.current, event)) return;
      event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}

function act({ toggle, step, stepExchange, jump, toEnd, zoom, pan, fit }: ReplayKeys, event: KeyboardEvent): boolean {
  switch (event.key) {
    case ' ':
      toggle();
      return true;
    case 'ArrowLeft':
    case 'ArrowRight':
      (event.shiftKey ? stepExchange : step)(event.key === 'ArrowLeft' ? -1 : 1);
      return true;
    case 'Home':
    case 'End':
      toEnd(event.key === 'Home' ? -1 : 1);
      return true;
    case 'n':
      jump(1);
      return true;
    case 'N':
      jump(-1);
      return true;
    case '+':
    case '=':
    case '-':
      zoom(event.key === '-' ? -1 : 1);
      return true;
    case ',':
    case '.':
      pan(event.key === ',' ? -1 : 1);
      return true;
    case '0':
      fit();
      return true;
    default:
      return false;
  }
}
