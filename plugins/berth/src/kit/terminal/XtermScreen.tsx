import { useEffect, useRef } from 'react';
import { FitAddon } from '@xterm/addon-fit';
import { Terminal } from '@xterm/xterm';
import '@xterm/xterm/css/xterm.css';
import styles from './terminal.module.css';

/** What the screen offers to its owner. */
export interface Screen {
  focus(): void;
  write(bytes: Uint8Array): void;
}

export interface XtermScreenProps {
  label: string;
  /** Called once with the screen, and with undefined at its end. */
  onReady(screen: Screen | undefined): void;
  onInput(text: string): void;
  onResize(columns: number, rows: number): void;
  /** Ctrl+Shift+L. A shell needs Tab and Esc itself. */
  onLeave(): void;
}

const LEAVE_KEY = 'KeyL';
/** The least contrast of WCAG AA: shells choose colors for a dark screen. */
const CONTRAST = 4.5;

/** The screen of a terminal. It is a module of its own, so that only people who open a terminal load it. */
export default function XtermScreen(props: XtermScreenProps) {
  const place = useRef<HTMLDivElement>(null);
  const latest = useRef(props);
  latest.current = props;
  const { label } = props;

  useEffect(() => {
    const element = place.current!;
    const terminal = new Terminal({
      cursorBlink: true,
      fontFamily: 'ui-monospace, Menlo, Consolas, monospace',
      fontSize: 13,
      minimumContrastRatio: CONTRAST,
      theme: themeOf(element),
    });
    const fit = new FitAddon();
    terminal.loadAddon(fit);
    terminal.open(element);
    terminal.textarea?.setAttribute('aria-label', label);
    terminal.attachCustomKeyEventHandler(event => {
      const leaves =
        event.ctrlKey && event.shiftKey && event.code === LEAVE_KEY;
      if (leaves && event.type === 'keydown') {
        event.preventDefault();
        latest.current.onLeave();
      }
      return !leaves;
    });
    terminal.onData(text => latest.current.onInput(text));
    terminal.onResize(({ cols, rows }) => latest.current.onResize(cols, rows));
    const sizes = new ResizeObserver(() => fit.fit());
    sizes.observe(element);
    const themes = new MutationObserver(() => {
      terminal.options.theme = themeOf(element);
    });
    for (const root of [document.documentElement, document.body]) {
      themes.observe(root, { attributes: true });
    }
    fit.fit();
    latest.current.onResize(terminal.cols, terminal.rows);
    latest.current.onReady({
      focus: () => terminal.focus(),
      write: bytes => terminal.write(bytes),
    });
    return () => {
      latest.current.onReady(undefined);
      sizes.disconnect();
      themes.disconnect();
      terminal.dispose();
    };
  }, [label]);

  return <div ref={place} className={styles.screen} />;
}

/** Reads the colors of the page, which follow its theme. */
function themeOf(element: HTMLElement) {
  const { backgroundColor: background, color } = getComputedStyle(element);
  return {
    background,
    foreground: color,
    cursor: color,
    cursorAccent: background,
    selectionBackground: 'rgba(120, 150, 200, 0.4)',
  };
}
